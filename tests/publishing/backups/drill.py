"""A machine is lost with all that is on it, and another one is made of its backup alone."""

import shutil
import time

import pytest
import requests

from ...server import PATIENCE, Server

CHANGE = """
from awareness import editing
from awareness.models import Page
from django.contrib.auth import get_user_model
from django.core.management import call_command
from signposting import releases
from signposting.models import Service
page = Page.objects.get(slug="keeping-a-record")
page.title = "A title of the last hour"
page.save()
editing.publish(page)
keeper = get_user_model().objects.get(username="keeper")
releases.take_off(Service.objects.whole().get(slug="paladin"), "It rang out.",
    Service.objects.whole().get(slug="national-stalking-helpline"), keeper)
call_command("edition", "print", verbosity=0)
"""


def lost_and_found(folder, first, second, static=False):
    """Lose a machine with one environment, and find it again with another. Return the seconds that took.

    What was published, taken off and uploaded last has to be there: anything else fails. With
    `static` the second machine has static files already, which take longest to make.
    """
    backups, lost, found = folder / "backups", folder / "lost", folder / "found"
    machine = Server(lost, BACKUP_DIR=str(backups), **first)
    try:
        machine.manage("shell", "-v0", "-c", CHANGE)
        picture = lost / "uploads" / "a" / "picture.txt"
        picture.parent.mkdir(parents=True)
        picture.write_text("a picture")
        machine.start()
        before = seen(machine)
        off = (lost / "editions" / "taken-off").read_text()
        assert off
        assert "A title of the last hour" in before["/advice/keeping-a-record/"]
        path = machine.manage("backup").split(":")[0]
    finally:
        machine.close()
    if static:
        shutil.copytree(lost / "static", found / "static")
    shutil.rmtree(lost)
    assert path.startswith(str(backups))

    begun = time.monotonic()
    machine = Server(found, prepare=False, **second)
    try:
        machine.manage("restore", path)
        machine.start()
        took = time.monotonic() - begun
        # The edition itself came back, with the address it was printed for.
        assert seen(machine) == before
        assert (found / "editions" / "taken-off").read_text() == off
        assert (found / "uploads" / "a" / "picture.txt").read_text() == "a picture"
        with pytest.raises(RuntimeError, match="There is a database already"):
            machine.manage("restore", path)
    finally:
        machine.close()
    return took


def seen(server):
    pages = ("/", "/help/", "/advice/keeping-a-record/")
    return {path: requests.get(server.url + path, timeout=PATIENCE).text for path in pages}
