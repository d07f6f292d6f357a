"""Each machine says what it serves; the newsroom says who does not have the newest."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

import publishing
from publishing.admin_messages import say_printed
from publishing.models import Serving, Wanted
from publishing.printing import editions, reports, schedule
from publishing.printing.printer import Result

from .builders import make_edition

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    monkeypatch.setattr(reports, "PATIENCE", -1)
    monkeypatch.setattr("platform.node", lambda: "alpha")
    Wanted.raise_number()


def other(machine, seconds=0, **given):
    at = timezone.now() - timedelta(seconds=seconds)
    row = {"folder": "b", "edition": 7, "wanted": 1, **given}
    return Serving.objects.create(machine=machine, at=at, **row)


@pytest.fixture
def said(rf, monkeypatch, client):
    """Print with this result, and return what the person who pressed the button is told."""

    def ask(result=None):
        monkeypatch.setattr(publishing, "print_now", lambda: result or Result(9))
        request = rf.post("/")
        request.session = client.session
        from django.contrib.messages.storage.session import SessionStorage

        request._messages = SessionStorage(request)
        say_printed(request)
        return [message.message for message in get_messages(request)]

    return ask


def test_with_all_machines_at_the_newest_the_public_sees_it_now(said):
    other("beta")
    assert said() == ["The public sees this now."]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"wanted": 0}, "beta still serves edition 7."),
        ({"pinned": 5}, "beta serves edition 5, which is pinned there."),
        ({"seconds": 90}, "beta is stopped or cut off: not heard of since"),
    ],
)
def test_a_machine_that_has_not_the_newest_is_named(said, given, words):
    other("beta", **given)
    other("gamma")
    [sentence] = said()
    assert sentence.startswith("Not everybody sees this yet. ")
    assert words in sentence
    assert "gamma" not in sentence


def test_a_machine_that_is_out_of_use_for_a_day_is_waited_for_no_longer(said):
    other("beta", seconds=25 * 3600, wanted=0)
    assert said() == ["The public sees this now."]


def test_our_own_machine_is_not_waited_for(said):
    other("alpha", wanted=0, folder=reports.own()["folder"])
    assert said() == ["The public sees this now."]


def test_a_machine_that_was_stopped_is_named_on_every_screen(client):
    client.force_login(get_user_model().objects.create_superuser("alice"))
    row = other("beta", seconds=90)
    assert "beta is stopped or cut off" in client.get(reverse("admin:index")).text
    row.delete()
    assert "beta" not in client.get(reverse("admin:index")).text


def test_a_machine_reports_its_edition_and_its_pin(editions_dir):
    printing = schedule.Printing()
    editions.switch(editions.write(make_edition(wanted=1)))
    printing.report(printing.current())
    row = Serving.objects.get(machine="alpha")
    assert (row.edition, row.wanted, row.pinned) == (1, 1, None)
    editions.go_back_to(1)
    printing.report(printing.current())
    assert Serving.objects.get(machine="alpha").pinned == 1
