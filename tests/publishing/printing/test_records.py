"""A record that many pages show goes bad: it is set aside alone, and they are printed new."""

import pytest
from django.http import HttpResponse
from django.urls import path

from publishing import sources
from publishing.printing import dry_run, editions, records
from publishing.printing.printer import print_edition
from publishing.printing.records import Stands
from publishing.serving import health
from safety import emergency
from safety.card import CARD

from ..builders import make_html

pytestmark = pytest.mark.django_db
NAMES = ["/a/", "/b/", "/c/", "/d/", "/e/"]


class Newsroom:
    """A list of five records, and a page of each."""

    def __init__(self):
        self.words = dict.fromkeys(NAMES, "First words.")
        self.last = dict(self.words)
        # (page, record) -> what of the record breaks that page.
        self.breaks = {}

    def shown(self, page, name):
        """Return what a page says of a record. Raises where that breaks it."""
        how = records.stands(name)
        if how in self.breaks.get((page, name), ()):
            raise RuntimeError(f"{name} is broken")
        said = {None: self.words[name], Stands.LAST: self.last[name], Stands.NAME: "Its name."}
        return f'<p><a href="{name}">{name}</a> {said[how]}</p>' if how in said else ""

    def source(self):
        own = [sources.Address(name, record=name) for name in NAMES]
        return sources.EditionSource(
            "test",
            lambda moment: [sources.Address("/"), sources.Address("/list/"), *own],
            numbers=emergency.numbers,
            known_addresses=emergency.addresses,
            cards=lambda: [CARD],
        )


room = None


def view(place, names):
    def show(request):
        return HttpResponse(make_html("".join(room.shown(place, name) for name in names)))

    return show


def home(request):
    return HttpResponse(make_html('<p><a href="/list/">List</a></p>'))


urlpatterns = [
    path("", home),
    path("list/", view("/list/", NAMES)),
    *(path(name[1:], view(name, [name])) for name in NAMES),
]
ALL = (None, *Stands)


@pytest.fixture
def newsroom(monkeypatch, settings):
    global room
    room = Newsroom()
    settings.ROOT_URLCONF = __name__
    monkeypatch.setattr(sources, "registered", {"test": room.source()})
    assert print_edition().problems == []
    room.words = dict.fromkeys(NAMES, "Second words.")
    return room


def served(address):
    return editions.load(editions.current_number()).items[address].body.decode()


def printed():
    result = print_edition()
    assert result.number
    return result, editions.summary(result.number)


def row(name, words):
    return f'<a href="{name}">{name}</a> {words}'


@pytest.mark.parametrize(
    ("breaks", "stands", "words"),
    [
        ([None], "last", "First words."),
        ([None, Stands.LAST], "name", "Its name."),
        ([None, Stands.LAST, Stands.NAME], "nothing", None),
    ],
)
def test_as_little_of_it_goes_as_must_and_the_page_is_new(newsroom, breaks, stands, words):
    newsroom.breaks["/list/", "/b/"] = breaks
    result, manifest = printed()
    assert manifest["records"] == {"/b/": stands}
    assert manifest["set_aside"] == ["/b/"]
    for name in NAMES:
        if name != "/b/":
            assert row(name, "Second words.") in served("/list/")
    assert (row("/b/", words) in served("/list/")) if words else ("/b/" not in served("/list/"))
    [problem] = result.problems
    assert problem.page == "/b/"
    assert problem.words.startswith("/list/ cannot show it.")
    assert "/b/ is broken" in problem.words
    found = {}
    health.look(found)
    assert found["set_aside"] == ["/b/"]


def test_each_of_two_stands_as_far_as_it_can(newsroom):
    newsroom.breaks["/list/", "/b/"] = [None, Stands.LAST]
    newsroom.breaks["/list/", "/e/"] = [None]
    _, manifest = printed()
    assert manifest["records"] == {"/b/": "name", "/e/": "last"}
    assert row("/b/", "Its name.") in served("/list/")
    assert row("/e/", "First words.") in served("/list/")


def test_what_is_set_aside_is_so_on_every_page(newsroom):
    newsroom.breaks["/list/", "/b/"] = [None]
    printed()
    assert row("/b/", "First words.") in served("/b/")


def test_where_most_are_to_blame_it_is_the_page(newsroom):
    for name in NAMES[:3]:
        newsroom.breaks["/list/", name] = [None]
    _, manifest = printed()
    assert manifest["records"] == {}
    assert manifest["set_aside"] == ["/list/"]
    assert row("/d/", "First words.") in served("/list/")
    assert row("/d/", "Second words.") in served("/d/")


def test_what_breaks_its_own_page_alone_stands_as_it_is_on_others(newsroom):
    newsroom.breaks["/b/", "/b/"] = [None]
    _, manifest = printed()
    assert manifest["records"] == {}
    assert manifest["set_aside"] == ["/b/"]
    assert row("/b/", "First words.") in served("/b/")
    assert row("/b/", "Second words.") in served("/list/")


def test_once_mended_it_is_printed_new(newsroom):
    newsroom.breaks["/list/", "/b/"] = [None]
    printed()
    newsroom.breaks.clear()
    result, manifest = printed()
    assert result.problems == []
    assert manifest["records"] == {}
    assert row("/b/", "Second words.") in served("/list/")


def test_what_is_set_aside_refuses_no_change_of_another(newsroom):
    newsroom.breaks["/list/", "/b/"] = [None]
    printed()
    now = editions.load(editions.current_number()).made
    assert dry_run.try_page("/list/", now) == []
    assert dry_run.try_page("/list/", now, but="/a/") == []
    [problem] = dry_run.try_page("/list/", now, but="/b/")
    assert "/b/ is broken" in problem.words


def test_nothing_is_set_aside_for_what_that_does_not_mend(newsroom, monkeypatch):
    """One record breaks the page, and so do two others together: it is set aside whole."""
    right = newsroom.shown
    new = set()

    def shown(page, name):
        if name == NAMES[0]:
            new.clear()
        if page == "/list/" and records.stands(name) is None:
            new.add(name)
        if "/a/" in new or len(new) > 1:
            raise RuntimeError("too much that is new")
        return right(page, name)

    monkeypatch.setattr(newsroom, "shown", shown)
    _, manifest = printed()
    assert manifest["records"] == {}
    assert manifest["set_aside"] == ["/list/"]


def test_a_search_that_fails_leaves_the_page_set_aside_whole(newsroom, monkeypatch):
    newsroom.breaks["/list/", "/b/"] = [None]
    monkeypatch.setattr(dry_run, "problems_at", None)
    _, manifest = printed()
    assert manifest["records"] == {}
    assert manifest["set_aside"] == ["/list/"]
