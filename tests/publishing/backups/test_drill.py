"""The restore drill: a machine is lost, and one command on an empty one brings all of it back."""

import shutil
import time
from pathlib import Path

import pytest
import requests

from tests.server import Server

pytestmark = [pytest.mark.server, pytest.mark.slow]

CHANGE = """
from awareness import editing
from awareness.models import Page
from django.contrib.auth import get_user_model
from signposting import releases
from signposting.models import Service
page = Page.objects.get(slug="keeping-a-record")
page.title = "A title of the last hour"
page.save()
editing.publish(page)
keeper = get_user_model().objects.get(username="keeper")
releases.take_off(Service.objects.whole().get(slug="paladin"), "It rang out.",
    Service.objects.whole().get(slug="national-stalking-helpline"), keeper)
"""
MINUTES = 5


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def databases(request):
    """Two databases, one for each machine: names of the environment."""
    if request.param == "sqlite":
        return {"DATABASE_URL": None}, {"DATABASE_URL": None}
    server = request.getfixturevalue("postgresql")
    for name in ("lost", "found"):
        server.sql(f"DROP DATABASE IF EXISTS {name}")
        server.sql(f"CREATE DATABASE {name}")
    return tuple({"DATABASE_URL": server.url(name)} for name in ("lost", "found"))


def test_a_lost_machine_is_back_within_minutes_with_all_that_was_published_and_taken_off(
    databases, tmp_path
):
    backups = tmp_path / "backups"
    lost, found = tmp_path / "lost", tmp_path / "found"
    first = Server(lost, BACKUP_DIR=str(backups), **databases[0])
    try:
        first.manage("shell", "-v0", "-c", CHANGE)
        first.manage("edition", "print")
        picture = lost / "uploads" / "a" / "picture.txt"
        picture.parent.mkdir(parents=True)
        picture.write_text("a picture")
        first.start()
        before = seen(first)
        off = (lost / "editions" / "taken-off").read_text()
        assert off
        assert "A title of the last hour" in before["/advice/keeping-a-record/"]
        said = first.manage("backup")
    finally:
        first.close()
    shutil.rmtree(lost)
    path = said.split(":")[0]
    assert Path(path).parent == backups

    begun = time.monotonic()
    second = Server(found, prepare=False, **databases[1])
    try:
        second.manage("restore", path)
        second.start()
        assert time.monotonic() - begun < MINUTES * 60
        after = seen(second)
        # The edition itself came back, with the address it was printed for.
        assert after == before
        assert (found / "editions" / "taken-off").read_text() == off
        assert (found / "uploads" / "a" / "picture.txt").read_text() == "a picture"
        with pytest.raises(RuntimeError, match="There is a database already"):
            second.manage("restore", path)
    finally:
        second.close()


def seen(server):
    pages = ("/", "/help/", "/advice/keeping-a-record/")
    return {path: requests.get(server.url + path, timeout=30).text for path in pages}
