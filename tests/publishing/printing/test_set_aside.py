"""What goes bad holds up nothing else: its last good print stands, if readers may have it."""

from dataclasses import replace

import pytest
from django.http import HttpResponse
from django.urls import path

from publishing import sources
from publishing.printing import editions
from publishing.printing.printer import print_edition
from safety import emergency
from safety.card import CARD

from ..builders import make_html

pytestmark = pytest.mark.django_db

GONE = sources.Number("02070000000", "020 7000 0000", "Helpline", "helpline")
OTHER = sources.Number("02070000001", "020 7000 0001", "Other line", "other-line")


class Newsroom:
    """Three pages: home, one with a call link for each number of the register, and plain words."""

    def __init__(self):
        self.numbers = [GONE, OTHER]
        self.breaks = set()
        self.words = "First words."

    def home(self, request):
        self.fail("home")
        return HttpResponse(
            make_html('<p><a href="/plain/">Plain</a> <a href="/call/">Call</a></p>')
        )

    def call(self, request):
        self.fail("call")
        shown = self.numbers
        links = (f'<p><a href="tel:{one.dial}">{one.display}</a></p>' for one in shown)
        return HttpResponse(make_html("".join(links)))

    def plain(self, request):
        self.fail("plain")
        return HttpResponse(make_html(f"<p>{self.words}</p>"))

    def fail(self, name):
        if name in self.breaks:
            raise RuntimeError("the template is broken")

    def source(self):
        return sources.EditionSource(
            "test",
            lambda moment: [sources.Address(name) for name in ("/", "/call/", "/plain/")],
            parts=lambda moment: {"error/500": make_html("<p>Something went wrong.</p>")},
            numbers=lambda: [*emergency.numbers(), *self.numbers],
            known_addresses=emergency.addresses,
            cards=lambda: [CARD],
        )


room = None


def view(name):
    return lambda request: getattr(room, name)(request)


urlpatterns = [
    path("", view("home")),
    path("call/", view("call")),
    path("plain/", view("plain")),
]


@pytest.fixture
def newsroom(monkeypatch, settings):
    global room
    room = Newsroom()
    settings.ROOT_URLCONF = __name__
    monkeypatch.setattr(sources, "registered", {"test": room.source()})
    assert print_edition().problems == []
    return room


def served(address):
    return editions.load(editions.current_number()).items[address].body.decode()


@pytest.mark.parametrize(
    "bad", ["a broken template", "a number typed into the text", "a link to nowhere"]
)
def test_a_take_off_gets_out_whatever_goes_bad_elsewhere(newsroom, bad):
    if bad == "a broken template":
        newsroom.breaks.add("plain")
    newsroom.words = {
        "a number typed into the text": "Text HELP to 85258",
        "a link to nowhere": '<a href="/nowhere/">Nowhere</a>',
    }.get(bad, "Second words.")
    newsroom.numbers.remove(GONE)
    result = print_edition()
    assert result.number == 2
    assert len(result.problems) == 1
    assert GONE.display not in served("/call/")
    assert OTHER.display in served("/call/")
    assert "First words." in served("/plain/")
    assert editions.summary(2)["set_aside"] == ["/plain/"]


def test_a_last_print_that_holds_what_was_taken_off_does_not_stand(newsroom):
    newsroom.breaks.add("call")
    newsroom.numbers.remove(GONE)
    result = print_edition()
    assert result.number == 2
    assert GONE.display not in served("/call/")
    assert "Something went wrong." in served("/call/")
    assert 'id="emergency"' in served("/call/")


def test_every_template_broken_at_once_still_takes_a_number_off(newsroom):
    newsroom.breaks |= {"call", "plain"}
    newsroom.numbers.remove(GONE)
    assert print_edition().number == 2
    assert "First words." in served("/plain/")
    assert GONE.dial not in "".join(served(name) for name in ("/", "/call/", "/plain/"))


def test_without_a_home_page_that_can_stand_nothing_is_served(newsroom, settings, tmp_path):
    settings.EDITIONS_DIR = tmp_path / "of another machine"
    newsroom.breaks.add("home")
    result = print_edition()
    assert result.number is None
    assert "the template is broken" in result.problems[0].words


def test_what_is_a_part_of_every_page_is_no_page_to_set_aside(newsroom, monkeypatch):
    """An error page that names a number which nobody agreed holds the edition up."""
    bad = replace(
        newsroom.source(),
        parts=lambda moment: {"error/404": make_html("<p>Text HELP to 85258</p>")},
    )
    monkeypatch.setitem(sources.registered, "test", bad)
    newsroom.words = "Second words."
    result = print_edition()
    assert result.number is None
    assert any("85258" in problem.words for problem in result.problems)
    assert "First words." in served("/plain/")


def test_where_the_last_edition_is_damaged_what_is_bad_is_left_out(newsroom, monkeypatch):
    monkeypatch.setattr(newsroom, "home", lambda request: HttpResponse(make_html("<p>Home.</p>")))
    page = editions.root() / "1" / "public" / "plain" / "index.html"
    page.write_text("damaged")
    newsroom.breaks.add("plain")
    newsroom.numbers.remove(GONE)
    result = print_edition()
    assert result.number == 2
    assert "/plain/" not in editions.load(2).items
    assert GONE.display not in served("/call/")


def test_a_last_print_keeps_the_files_that_it_names(newsroom, settings, tmp_path):
    """Its style, and what that names, though the site has them no more."""
    folder = tmp_path / "static"
    folder.mkdir()
    (folder / "old.css").write_text("p { background: url(old.png) }")
    (folder / "old.png").write_bytes(b"png")
    settings.STATIC_ROOT = folder
    newsroom.words = 'Styled.<link rel="stylesheet" href="/static/old.css">'
    assert print_edition().problems == []
    for file in folder.iterdir():
        file.unlink()
    newsroom.breaks.add("plain")
    assert print_edition().number
    assert "Styled." in served("/plain/")
    assert "old.png" in served("/static/old.css")
    assert served("/static/old.png") == "png"


def test_once_mended_it_is_printed_again(newsroom):
    newsroom.breaks.add("plain")
    print_edition()
    newsroom.breaks.clear()
    newsroom.words = "Third words."
    assert print_edition().problems == []
    assert "Third words." in served("/plain/")


def test_a_page_that_is_bad_for_long_keeps_its_last_good_print(newsroom):
    newsroom.breaks.add("plain")
    for _ in range(12):
        print_edition()
    assert "First words." in served("/plain/")
    assert len(editions.stored_numbers()) == editions.KEPT
