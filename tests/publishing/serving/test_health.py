"""What the operator's address says: whether readers get what the newsroom says, and nothing of the machine."""

import asyncio
import json
import os
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from publishing.models import Print
from publishing.printing import editions
from publishing.serving import health
from publishing.serving.loaded_edition import EditionLoader
from safety.headers import security_headers

from ... import asgi
from ..builders import make_edition, make_html


@pytest.fixture
def newsroom(monkeypatch):
    """What the disk and the database say, as look() writes it: for a test to change."""
    said = {"database": "answers", "wanted": 0}
    monkeypatch.setattr(health, "look", lambda found: found.update(said))
    return said


@pytest.fixture
def ready(newsroom):
    """Ask /-/ready and return (status, what it says, as text)."""
    loader = EditionLoader(security_headers)
    ready = health.Ready(loader, security_headers)

    async def answer():
        opening, body = await asgi.ask(ready, {"type": "http", "path": "/-/ready"})
        return opening["status"], body["body"].decode()

    def ask():
        loader.look()
        return asyncio.run(answer())

    ask.application = ready
    return ask


def failing(answer):
    """Return why it fails; the status says the same."""
    status, said = answer
    found = json.loads(said)["failing"]
    assert (status == 503) is bool(found)
    return found


def put(**given):
    """Print an edition of this moment, or as is given."""
    made = make_edition(**{"made": timezone.now(), **given})
    editions.switch(editions.write(made))


def test_without_an_edition_this_machine_is_not_ready(ready):
    assert failing(ready()) == ["No edition has been printed.", "No edition can be served."]


def test_with_what_the_newsroom_wants_it_is_ready(ready):
    put()
    assert failing(ready()) == []


@pytest.mark.parametrize("damage", ["changed page", "no page", "no manifest"])
def test_what_is_wrong_is_said_without_a_path_or_a_process(ready, editions_dir, damage):
    put()
    put(pages={"/signs/": make_html()})
    page, manifest = editions_dir / "2/public/signs/index.html", editions_dir / "2/manifest.json"
    {
        "changed page": lambda: page.write_text("tampered"),
        "no page": page.unlink,
        "no manifest": manifest.unlink,
    }[damage]()
    status, said = ready()
    found = json.loads(said)
    assert (status, found["edition"]) == (503, 1)
    [sentence] = found["wrong"]
    assert sentence.startswith("Edition 2 ")
    assert found["failing"] == [sentence]
    assert "/" not in said
    assert os.getpid() not in found.values()


def test_a_change_that_stays_away_is_missed_and_one_on_its_way_is_not(ready, newsroom, monkeypatch):
    put(wanted=1)
    newsroom["wanted"] = 1
    assert failing(ready()) == []
    newsroom["wanted"] = 2
    assert failing(ready()) == [], "it may be under way"
    monkeypatch.setattr(health, "PRINTED", timedelta(0))
    assert failing(ready()) == ["What was published last has not been printed."]
    put(wanted=2)
    assert failing(ready()) == []
    newsroom["wanted"] = 3
    assert failing(ready()) == [], "the next one is another one"


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"made": -timedelta(days=1, minutes=5)}, "No edition has been printed today."),
        ({"next_moment": -timedelta(minutes=5)}, "A change that was due has not been printed."),
        ({"next_moment": -timedelta(minutes=1)}, None),
        ({"next_moment": timedelta(minutes=5)}, None),
    ],
)
def test_what_time_alone_should_have_changed_is_missed(ready, given, sentence):
    now = timezone.now()
    put(**{name: now + apart for name, apart in given.items()})
    assert failing(ready()) == ([sentence] if sentence else [])


@pytest.mark.long
def test_just_after_midnight_yesterdays_edition_is_still_right(editions_dir):
    midnight = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)
    put(made=midnight - timedelta(hours=5))
    loader = EditionLoader(security_headers)
    loader.look()
    assert list(health.late(loader.served, midnight + timedelta(minutes=2))) == []
    assert list(health.late(loader.served, midnight + timedelta(minutes=4))) != []


def test_a_database_that_says_nothing_fails_nothing_that_readers_get(ready, newsroom):
    put()
    newsroom.clear()
    assert failing(ready()) == []
    assert json.loads(ready()[1])["database"] == "no answer"


def test_workers_can_be_told_apart(ready):
    first, second = (json.loads(ready()[1])["worker"] for _ in range(2))
    assert first == second
    assert len(first) == 8


# What the disk and the database say


@pytest.fixture
def look(db, editions_dir, monkeypatch, settings):
    """Return a function that returns what is failing by disk and database."""
    monkeypatch.setattr(health.connection, "close", lambda: None)
    settings.BACKUP_DIR = ""
    editions_dir.mkdir(exist_ok=True)

    def look():
        found = {}
        health.look(found)
        return found["failing"]

    return look


def test_all_is_well(look):
    assert look() == []


@pytest.mark.long
def test_a_pin_fails(look):
    put()
    editions.go_back_to(1)
    assert look() == ["Readers see edition 1, which somebody went back to, and no newer one."]


def test_an_overdue_backup_fails_where_backups_are_made(look, settings, tmp_path):
    settings.BACKUP_DIR = str(tmp_path)
    assert look() == ["No backup has been made yet."]


def test_a_disk_that_takes_no_further_edition_fails(look, monkeypatch):
    monkeypatch.setattr(health, "ROOM", 10**12)
    [sentence] = look()
    assert sentence.startswith("The disk has ")


def test_a_folder_that_can_only_be_read_fails(look, monkeypatch):
    monkeypatch.setattr(health.os, "access", lambda path, mode: mode != os.W_OK)
    assert look() == ["The folder of editions can only be read."]


def test_what_was_set_aside_fails(look):
    Print.objects.create(wanted=1, machine="a", edition=4, problems=[{"page": "/signs/"}])
    assert look() == ["Some of it stands as it was printed last, or is not there."]


def test_a_print_that_was_held_up_fails_until_one_succeeds(look, monkeypatch):
    monkeypatch.setattr(health.platform, "node", lambda: "here")
    Print.objects.create(wanted=1, machine="elsewhere", edition=None)
    assert look() == []
    Print.objects.create(wanted=1, machine="here", edition=None)
    assert look() == ["The last print was held up."]
    Print.objects.create(wanted=1, machine="here", edition=4)
    assert look() == []
