"""A page is printed again only when something that it is made from changed."""

import json
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import patch

import pytest
from django.http import HttpResponse
from django.urls import path
from django.utils import timezone

from publishing import sources
from publishing.printing import assets, audit, editions, made_from, schedule
from publishing.printing.last_edition import LastEdition
from publishing.printing.printer import print_edition
from safety import emergency
from safety.card import CARD

from ..builders import NOON, make_html

pytestmark = pytest.mark.django_db

# What the pages below are made of, and which were made.
words, hidden, made = {}, {}, []


def show(request, name=""):
    made.append(request.path)
    said = hidden.get(request.path) or words.get(request.path, "Words.")
    return HttpResponse(make_html(f"<p>{said}</p><p id='place'>{words.get('all', '')}</p>"))


urlpatterns = [path("", show), path("<name>/", show)]
PATHS = ("/", "/one/", "/two/")


@pytest.fixture
def site(monkeypatch, settings):
    """Three pages, each made of words of its own and words that all of them show."""
    settings.ROOT_URLCONF = __name__
    for each in (words, hidden, made):
        each.clear()
    source = sources.EditionSource(
        "test",
        lambda moment: [sources.Address(p, made_from=words.get(p, "")) for p in PATHS],
        numbers=emergency.numbers,
        known_addresses=emergency.addresses,
        cards=lambda: [CARD],
        made_from=lambda moment: words.get("all"),
        next_moment=lambda after: NOON + timedelta(hours=6),
    )
    monkeypatch.setattr(sources, "registered", {"test": source})
    return monkeypatch


def printed(at=NOON):
    """Print, and return the addresses of the pages that were made for it."""
    made.clear()
    result = print_edition(at=at)
    assert result.problems == []
    return made.copy()


def test_nothing_changed_and_nothing_is_made(site):
    assert printed() == [*PATHS]
    assert printed(NOON + timedelta(minutes=1)) == []
    first, second = editions.load(1), editions.load(2)
    assert {p: i.body for p, i in first.items.items()} == {
        p: i.body for p, i in second.items.items()
    }


def test_a_page_that_is_taken_over_keeps_its_files_and_is_not_read_for_them(
    site, settings, request
):
    own = Path(settings.STATIC_ROOT, "own.css")
    own.write_text("b { color: red }")
    request.addfinalizer(own.unlink)
    words["/two/"] = f"<link rel='stylesheet' href='{settings.STATIC_URL}own.css'>"
    printed()
    words["/one/"] = "Other words."
    with patch.object(assets, "named_in_html", wraps=assets.named_in_html) as read:
        assert printed() == ["/one/"]
    assert f"{settings.STATIC_URL}own.css" in editions.load(2).items
    assert not any("own.css" in call.args[0] for call in read.call_args_list)


def test_what_changed_is_made_alone(site):
    printed()
    words["/two/"] = "Other words."
    assert printed() == ["/two/"]
    assert b"Other words." in editions.load(2).items["/two/"].body


def test_what_all_show_is_made_everywhere(site):
    printed()
    words["all"] = "A new number."
    assert printed() == [*PATHS]


@pytest.mark.parametrize(
    ("later", "again"),
    [
        (timedelta(hours=5), False),
        (timedelta(hours=6), True),  # the next moment has come
        (timedelta(hours=13), True),  # another day
        (timedelta(minutes=-1), True),  # the past
    ],
)
def test_time_makes_all_again_when_it_can_change_a_page(site, later, again):
    printed()
    assert printed(NOON + later) == ([*PATHS] if again else [])


def test_another_setting_or_version_makes_all_again(site, settings):
    printed()
    settings.EXIT_URL = "https://example.org/"
    assert printed() == [*PATHS]
    site.setattr(made_from, "version", lambda: "another")
    assert printed() == [*PATHS]
    assert printed() == []


def test_what_python_compiles_meanwhile_is_no_other_version(settings, tmp_path):
    """Of two processes that start, one writes such a file while the other looks."""
    settings.CONTENT_DIR = tmp_path
    version = made_from.version.__wrapped__
    before = version()
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "page.cpython-311.pyc.140145319221168").touch()
    assert version() == before
    (tmp_path / "page.html").touch()
    assert version() != before


def test_other_names_of_files_make_all_again(site):
    printed()
    hashed = {"css/site.css": "css/site.1234.css"}
    site.setattr(made_from, "staticfiles_storage", SimpleNamespace(hashed_files=hashed))
    assert printed() == [*PATHS]


def test_what_nobody_can_say_is_made_each_time(site):
    printed()
    words["/one/"] = None
    assert printed() == ["/one/"]
    assert printed() == ["/one/"]


def test_what_an_address_is_made_from_can_be_asked_of_a_function_and_nobody_may_know():
    keys = made_from.Keys(NOON, sources.known())

    def key(found, path="/one/"):
        return keys.of(sources.Address(path, made_from=found))

    assert key(lambda: "words") == key("words") not in ("", key("others"), key("words", "/two/"))
    assert key(lambda: None) == key(None) == ""


def test_damaged_bytes_are_not_taken_over(site, editions_dir):
    printed()
    file = editions_dir / "1/public/one/index.html"
    file.write_bytes(file.read_bytes().replace(b"Words", b"Woads"))
    assert printed() == ["/one/"]
    assert b"Words." in editions.load(2).items["/one/"].body


def test_what_the_gate_let_through_is_read_again_where_its_record_is_damaged(site, editions_dir):
    printed()
    keys = made_from.Keys(NOON, sources.known())
    last = LastEdition(NOON, keys)
    assert {place for place, _ in last.passed()} >= {*PATHS}
    record = editions_dir / "1" / editions.OUTLINES
    record.write_bytes(record.read_bytes().replace(b"/one/", b"/two/"))
    assert last.passed() == {}
    assert printed() == []


def test_an_edition_of_an_earlier_version_is_served_and_nothing_is_taken_over(site, editions_dir):
    printed()
    file = editions_dir / "1/manifest.json"
    manifest = json.loads(file.read_bytes())
    for name in ("checked_with", "outlines"):
        del manifest[name]
    for entry in [*manifest["items"].values(), *manifest["parts"].values()]:
        del entry["made_from"]
    file.write_text(json.dumps(manifest))
    assert editions.load(1).number == 1
    assert audit.compare() == []
    assert printed() == [*PATHS]


def test_a_link_to_what_went_away_is_found_on_a_page_that_did_not_change(site):
    words["/one/"] = "See <a href='/two/#place'>two</a>."
    printed()
    site.setattr("tests.publishing.printing.test_reuse.PATHS", ("/", "/one/"))
    result = print_edition(at=NOON)
    assert "leads to /two/#place, which is not there" in result.problems[0].words
    assert editions.summary(2)["set_aside"] == ["/one/"]


def test_what_was_set_aside_is_made_again(site):
    words["/one/"] = "Call 0808 802 0301."
    print_edition(at=NOON)
    made.clear()
    assert print_edition(at=NOON).problems
    assert made == ["/one/"]


def test_what_damages_a_page_of_one_edition_leaves_the_others_whole(site, editions_dir):
    for _ in range(editions.KEPT):
        printed()
    file = editions_dir / "10/public/one/index.html"
    file.write_bytes(b"Damaged")
    whole = []
    for number in editions.stored_numbers():
        try:
            whole.append(editions.load(number).number)
        except editions.Damaged:
            continue
    assert whole == [9, 8, 7, 6, 5, 4, 3, 2, 1]


# Once a day


def test_what_changes_behind_its_key_is_an_alarm_and_ends_the_reuse(site):
    printed()
    assert audit.compare() == []
    assert audit.alarms() == []
    hidden["/two/"] = "Changed behind its key."
    assert printed() == []
    assert audit.compare() == ["/two/"]
    assert "/two/" in audit.alarms()[0]
    assert printed() == [*PATHS]
    assert audit.compare() == []
    assert audit.alarms() == []
    assert printed() == []


def test_what_changed_for_a_reason_is_no_alarm(site):
    printed()
    words["/two/"] = "Other words."
    assert audit.compare() == []


def test_a_new_day_compares_before_it_prints(site, monkeypatch):
    print_edition(at=timezone.now() - timedelta(days=1))
    monkeypatch.setattr(schedule.connection, "close", lambda: None)
    hidden["/two/"] = "Changed behind its key."
    schedule.Printing().print_if_due()
    assert editions.current_number() == 2
    assert "/two/" in audit.alarms()[0]
