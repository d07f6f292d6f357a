"""Two machines on one PostgreSQL: what each serves, and what the newsroom says of the other."""

import json
import subprocess
import sys
import urllib.request
from contextlib import contextmanager
from urllib.parse import quote

import pytest

from publishing.printing.lock import Lock

from ..server import PATIENCE, Server

pytestmark = [pytest.mark.server, pytest.mark.postgresql, pytest.mark.slow]

SERVICE = "galop"
PAGE = f"/help/{SERVICE}/"
LATE = "from publishing.printing import reports; print(' '.join(reports.late()))"
OWN = "from publishing.printing import reports; print(reports.own()['folder'])"
AGREE = """
from django.db import transaction
from signposting.models import Service
from tests.register import agree_all
with transaction.atomic():
    Service.objects.filter(slug="galop").update(what="{}")
    agree_all()
"""
TAKE_OFF = """
from django.contrib.auth import get_user_model
from signposting import releases
from signposting.models import Service
alice, _ = get_user_model().objects.get_or_create(username="alice")
one, other = (Service.objects.get(slug=slug) for slug in ("mens-advice-line", "juno"))
releases.take_off(one, "It rang out.", other, alice)
"""
READ_ONLY = quote("-c default_transaction_read_only=on")


# Python of a site, as manage.py shell has it, for one question after the other: starting takes
# longer than any of them.
ANSWER = """
import json, sys
import django
django.setup()
for line in sys.stdin:
    exec(json.loads(line))
    print("END", flush=True)
"""


class Shell:
    def __init__(self, site):
        self.process = subprocess.Popen(
            [sys.executable, "-c", ANSWER],
            cwd=site.root,
            env={**site.environ, "DJANGO_SETTINGS_MODULE": "config.settings"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(self, code):
        """Run lines of Python; return what they printed. Raises RuntimeError if they failed."""
        self.process.stdin.write(json.dumps(code) + "\n")
        self.process.stdin.flush()
        said = ""
        for line in self.process.stdout:
            if line == "END\n":
                return said.strip()
            said += line
        raise RuntimeError(f"It ended: {code}")

    def close(self):
        self.process.communicate()


class Machines:
    def __init__(self, folder, postgresql):
        self.postgresql = postgresql
        postgresql.sql("DROP DATABASE IF EXISTS machines")
        postgresql.sql("CREATE DATABASE machines")
        given = {"DATABASE_URL": postgresql.url("machines"), "SECRET_KEY": "one key for both" * 4}
        self.first = Server(folder / "first", **given).start()
        self.second = Server(folder / "second", **given).start()
        self.shell = Shell(self.first)

    def change(self, words):
        self.shell.run(AGREE.format(words))

    def wait(self, machine, words):
        machine.wait_until(lambda: words in page(machine))

    def newsroom(self):
        """Return what somebody who presses a button on the first machine is told of the others."""
        return self.shell.run(LATE)

    def all_have(self, words):
        for machine in (self.first, self.second):
            self.wait(machine, words)
        self.first.wait_until(lambda: self.newsroom() == "", 60)

    def minutes_pass(self):
        """Let what the second machine said last be long ago."""
        said = "UPDATE publishing_serving SET at = at - interval '5 minutes' WHERE folder <> "
        self.postgresql.sql(f"{said}'{self.shell.run(OWN)}'", "machines")

    def close(self):
        self.shell.close()
        self.first.close()
        self.second.close()


def page(machine, path=PAGE):
    with urllib.request.urlopen(f"{machine.url}{path}", timeout=PATIENCE) as answer:
        return answer.read().decode()


@pytest.fixture(scope="module")
def machines(postgresql, tmp_path_factory):
    found = Machines(tmp_path_factory.mktemp("machines"), postgresql)
    try:
        yield found
    finally:
        found.close()


@contextmanager
def pinned(machine):
    machine.manage("edition", "rollback")
    try:
        yield
    finally:
        machine.manage("edition", "rollback", "--release")


def test_with_both_at_work_both_have_it_and_nobody_is_named(machines):
    machines.change("Both have this.")
    machines.all_have("Both have this.")


def test_one_that_is_pinned_keeps_its_edition_and_is_named_until_its_number_is_taken_off(machines):
    machines.change("Before the pin.")
    machines.all_have("Before the pin.")
    machines.change("Before the pin, once more.")
    machines.all_have("Before the pin, once more.")
    number = "tel:08088010327"
    with pinned(machines.second):
        machines.change("While it is pinned.")
        machines.wait(machines.first, "While it is pinned.")
        assert "While it is pinned." not in page(machines.second)
        assert "which is pinned there" in machines.newsroom()
        assert number in page(machines.second, "/help/")
        machines.shell.run(TAKE_OFF)
        for machine in (machines.first, machines.second):
            machine.wait_until(lambda machine=machine: number not in page(machine, "/help/"))
        machines.all_have("While it is pinned.")


def test_one_that_cannot_write_still_prints_and_is_named(machines):
    machines.change("While it can write.")
    machines.all_have("While it can write.")
    second = machines.second
    url = second.environ["DATABASE_URL"]
    second.stop()
    second.environ["DATABASE_URL"] = f"{url}{'&' if '?' in url else '?'}options={READ_ONLY}"
    try:
        second.start()
        machines.change("While it cannot write.")
        machines.wait(machines.first, "While it cannot write.")
        machines.wait(second, "While it cannot write.")
        second.wait_until(lambda: "could not be reported" in second.log.read_text())
        machines.minutes_pass()
        assert "is stopped or cut off: not heard of since" in machines.newsroom()
    finally:
        second.stop()
        second.environ["DATABASE_URL"] = url
        second.start()
    machines.all_have("While it cannot write.")


def test_one_that_is_behind_serves_what_it_had_and_is_named(machines):
    machines.change("Before it fell behind.")
    machines.all_have("Before it fell behind.")
    lock = Lock(machines.second.data_dir / "editions" / "print.lock", expires=600)
    lock.wait(PATIENCE)
    try:
        machines.change("While it is behind.")
        machines.wait(machines.first, "While it is behind.")
        assert "Before it fell behind." in page(machines.second)
        assert "still serves edition" in machines.newsroom()
    finally:
        lock.release()
    machines.all_have("While it is behind.")


def test_one_that_is_stopped_is_named_and_catches_up(machines):
    machines.change("Before it stopped.")
    machines.all_have("Before it stopped.")
    machines.second.stop()
    try:
        machines.change("While it is stopped.")
        machines.wait(machines.first, "While it is stopped.")
        machines.minutes_pass()
        said = machines.newsroom()
        assert "is stopped or cut off: not heard of since" in said
        assert "It may still serve edition" in said
    finally:
        machines.second.start()
    machines.all_have("While it is stopped.")
