"""A lost database is missed: nothing makes an empty one in its place and prints it."""

import os
import subprocess
import sys
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.core.management import CommandError

from config.management.commands import prepare
from publishing.printing import editions

from ..publishing.builders import make_edition


@pytest.fixture
def folder(settings, tmp_path, monkeypatch):
    """A data folder without a database, where prepare does nothing but look for it."""
    settings.EDITIONS_DIR = tmp_path / "editions"
    settings.SQLITE_FILE = tmp_path / "site.sqlite3"
    tables = SimpleNamespace(table_names=lambda: settings.SQLITE_FILE.read_text().split())
    monkeypatch.setattr(prepare, "connection", SimpleNamespace(introspection=tables))
    return tmp_path


def look(begin_anew=False):
    prepare.Command().look_for_a_lost_database(begin_anew)


def test_the_first_start_makes_the_database(folder, settings):
    look()
    assert settings.SQLITE_FILE.exists()


@pytest.mark.parametrize("what", ["no file", "an empty file"])
def test_an_empty_database_beside_editions_stops_and_says_how_to_restore(folder, settings, what):
    editions.switch(editions.write(make_edition()))
    if what == "an empty file":
        settings.SQLITE_FILE.touch()
    with pytest.raises(CommandError, match="Put its backup back"):
        look()
    assert settings.SQLITE_FILE.exists() == (what == "an empty file")
    look(begin_anew=True)
    assert settings.SQLITE_FILE.exists()


def test_a_database_with_tables_is_taken_as_it_is(folder, settings):
    editions.switch(editions.write(make_edition()))
    settings.SQLITE_FILE.write_text("django_migrations")
    look()


@pytest.mark.long
def test_opening_a_database_that_vanished_does_not_make_one(tmp_path):
    given = {"LOCAL": "1", "DATA_DIR": str(tmp_path), "PATH": os.environ["PATH"]}
    (tmp_path / "editions/1").mkdir(parents=True)
    done = subprocess.run(
        [sys.executable, "manage.py", "showmigrations"],
        cwd=settings.BASE_DIR,
        env=given,
        capture_output=True,
        text=True,
    )
    assert "unable to open database file" in done.stderr
    assert not list(tmp_path.glob("*.sqlite3"))
