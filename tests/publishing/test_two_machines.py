"""Two machines on one PostgreSQL: what each serves, and what the newsroom says of the other."""

import urllib.request
from contextlib import contextmanager
from urllib.parse import quote

import pytest

from publishing.printing.lock import Lock

from ..server import PATIENCE, Server

pytestmark = [pytest.mark.server, pytest.mark.postgresql, pytest.mark.slow]

SERVICE = "galop"
PAGE = f"/help/{SERVICE}/"
LATE = "from publishing.printing import reports; print('LATE', ' '.join(reports.late()))"
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


class Machines:
    def __init__(self, folder, postgresql):
        self.postgresql = postgresql
        postgresql.sql("DROP DATABASE IF EXISTS machines")
        postgresql.sql("CREATE DATABASE machines")
        given = {"DATABASE_URL": postgresql.url("machines"), "SECRET_KEY": "one key for both" * 4}
        self.first = Server(folder / "first", **given).start()
        self.second = Server(folder / "second", **given).start()

    def change(self, words):
        self.first.manage("shell", "-c", AGREE.format(words))

    def wait(self, machine, words):
        machine.wait_until(lambda: words in page(machine))

    def newsroom(self):
        """Return what somebody who presses a button on the first machine is told of the others."""
        said = self.first.manage("shell", "-c", LATE)
        return next(line for line in said.splitlines() if line.startswith("LATE"))[5:]

    def all_have(self, words):
        for machine in (self.first, self.second):
            self.wait(machine, words)
        self.first.wait_until(lambda: self.newsroom() == "", 60)

    def minutes_pass(self):
        """Let what the second machine said last be long ago."""
        said = "UPDATE publishing_serving SET at = at - interval '5 minutes' WHERE folder <> "
        own = "from publishing.printing import reports; print('OWN', reports.own()['folder'])"
        folder = self.first.manage("shell", "-c", own).split("OWN ")[1].split()[0]
        self.postgresql.sql(f"{said}'{folder}'", "machines")

    def close(self):
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
        machines.first.manage("shell", "-c", TAKE_OFF)
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
