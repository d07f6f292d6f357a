"""What is counted and written of a try to log in, and what the log says of it."""

import re

import pytest
from django.contrib.auth import authenticate
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from safety.accounts import logins
from safety.accounts.models import Entry, LoginTry
from safety.accounts.models.tries import box_of

from .conftest import PASSWORD

pytestmark = pytest.mark.django_db
PASSWORDS = LoginTry.What.PASSWORD


@pytest.fixture
def log(monkeypatch):
    """What the log says of log-ins."""
    said = []
    for level in ("info", "warning"):
        monkeypatch.setattr(logins.log, level, lambda words, *names: said.append(words % names))
    return said


def test_the_log_says_who_came_and_went_and_that_somebody_failed(make, log):
    make("ann")
    client = Client()
    assert client.login(username="ann", password=PASSWORD)
    client.logout()
    assert not client.login(username="ann", password="wrong")
    assert not client.login(username="nobody", password="wrong")
    assert log == [
        "Logged in: ann",
        "Logged out: ann",
        "Log-in failed: ann",
        "Log-in failed: no such user",
    ]


def test_who_was_not_logged_in_does_not_log_out(db, log):
    Client().logout()
    logins.logged_out(sender=None, user=None)
    assert log == []


@pytest.mark.parametrize(
    ("is_staff", "is_active", "may"),
    [(True, True, True), (True, False, False), (False, True, False), (False, False, False)],
)
def test_only_staff_that_are_not_switched_off_come_in(make, is_staff, is_active, may):
    user = make("ann", is_active=is_active)
    user.is_staff = is_staff
    user.save()
    assert (authenticate(username="ann", password=PASSWORD) is not None) == may


def failing(name):
    """Return what a failure writes to the database, statement by statement."""
    with CaptureQueriesContext(
        connection,
    ) as found:
        logins.failed(logins.owner_of(name), PASSWORDS, name, "")
    return [query["sql"] for query in found]


def test_a_failure_writes_alike_whether_the_name_exists_or_not(make):
    make("ann")
    for name in ("ann", "nobody"):
        LoginTry.objects.begin(PASSWORDS, name)
        look, begins, writes, *_, ends = failing(name)
        assert look.startswith("SELECT")
        # Whole, so that it is one commit, and of rows that stand however it ends.
        assert begins.startswith("SAVEPOINT")
        assert writes.startswith('UPDATE "accounts_logintry"')
        assert f'WHERE "accounts_logintry"."box" = \'{box_of(PASSWORDS, name)}\'' in writes
        assert ends.startswith("RELEASE SAVEPOINT")
    # Of a name that nobody has nothing is kept.
    assert [entry.words for entry in Entry.objects.filter(action=Entry.Action.LOGIN_FAILED)] == [
        "wrong password"
    ]


def test_only_the_last_that_is_allowed_says_that_they_wait(make):
    make("ann")
    waits = Entry.objects.filter(action=Entry.Action.THROTTLED)
    for number in range(LoginTry.TRIES):
        assert waits.count() == 0, number
        assert authenticate(username="ann", password="wrong") is None
    assert waits.count() == 1


def test_strangers_share_65536_boxes_and_a_known_browser_has_its_own():
    stranger = box_of(PASSWORDS, "ann")
    assert re.fullmatch("s[0-9a-f]{4}", stranger)
    assert re.fullmatch("d[0-9a-f]{5}", box_of(PASSWORDS, "ann", "device"))
    others = {box_of(what, "ann") for what in LoginTry.What} | {box_of(PASSWORDS, "bea")}
    assert len(others) == len(LoginTry.What) + 1


def test_what_succeeds_forgets_its_own_box_alone(make):
    make("ann")
    LoginTry.objects.begin(PASSWORDS, "bea")
    LoginTry.objects.begin(PASSWORDS, "ann", "device")
    assert authenticate(username="ann", password=PASSWORD)
    left = set(LoginTry.objects.values_list("box", flat=True))
    assert left == {box_of(PASSWORDS, "bea"), box_of(PASSWORDS, "ann", "device")}
