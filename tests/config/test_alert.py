"""The daily alert: by mail to the managers, else on standard output with exit status 1."""

import smtplib

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core import mail
from django.core.management import call_command
from django.test import Client

from publishing import sources
from publishing.printing.snapshot import once
from safety.accounts import roles

pytestmark = pytest.mark.django_db
DUE = "Refuge: 2 readers said that the number did not work."
ALARM = "Release 3 of Refuge was changed."


@pytest.fixture
def nothing(monkeypatch, settings, tmp_path):
    """A site where all is well."""
    monkeypatch.setattr(sources, "registered", {})
    settings.EDITIONS_DIR = tmp_path
    settings.BACKUP_DIR = ""


@pytest.fixture
def something(nothing, settings, tmp_path):
    settings.BACKUP_DIR = str(tmp_path / "none")
    sources.register(
        sources.EditionSource("extra", due=lambda moment: [DUE], alarms=lambda: [ALARM])
    )


@pytest.fixture
def people(settings):
    settings.EMAIL_URL = "memory://"
    roles.load()
    for name, group in (("max", roles.MANAGERS), ("gone", roles.MANAGERS), ("ed", roles.EDITORS)):
        user = get_user_model().objects.create_user(
            name, f"{name}@example.org", is_active=name != "gone", is_staff=True
        )
        user.groups.add(Group.objects.get(name=group))


def alert(capsys):
    """Return the exit status, and what was said on standard output."""
    try:
        call_command("alert")
    except SystemExit as end:
        return end.code, capsys.readouterr().out
    return 0, capsys.readouterr().out


def test_where_all_is_well_it_says_so(nothing, capsys):
    assert alert(capsys) == (0, "Nothing to do.\n")


def test_without_mail_it_prints_all_of_it_and_fails(something, settings, capsys):
    settings.EMAIL_URL = ""
    status, said = alert(capsys)
    assert status == 1
    assert said.splitlines() == [
        f"Changed past the newsroom: {ALARM}", "The folder of backups cannot be read.", DUE,
    ]  # fmt: skip


def test_with_mail_it_goes_to_managers_who_work_here_and_succeeds(something, people, capsys):
    assert alert(capsys) == (0, "")
    (sent,) = mail.outbox
    assert sent.to == ["max@example.org"]
    assert DUE in sent.body
    assert "/admin/" in sent.body


def test_a_mail_server_that_refuses_makes_it_print_and_fail(something, people, monkeypatch, capsys):
    def refuse(*args, **kwargs):
        raise smtplib.SMTPException("max@example.org is unknown")

    monkeypatch.setattr("config.management.commands.alert.send_mail", refuse)
    status, said = alert(capsys)
    assert status == 1
    assert DUE in said
    assert "example.org" not in said


def test_the_front_page_of_the_newsroom_shows_the_same(something, people):
    client = Client()
    client.force_login(get_user_model().objects.get(username="max"))
    text = client.get("/admin/").text
    for sentence in (DUE, ALARM, "The folder of backups cannot be read."):
        assert sentence in text


def test_the_front_page_says_nothing_where_nothing_is_due(nothing, people):
    client = Client()
    client.force_login(get_user_model().objects.get(username="max"))
    assert 'id="due"' not in client.get("/admin/").text


def test_what_all_of_it_stands_on_is_asked_once_a_report(nothing):
    asked = []

    @once
    def register():
        asked.append("register")
        return ()

    for name in ("one", "other"):
        sources.register(
            sources.EditionSource(name, due=lambda moment: register(), alarms=register)
        )
    for report in (lambda: sources.due(None), sources.alarms):
        asked.clear()
        report()
        assert asked == ["register"]
        # The next report may have another answer.
        report()
        assert asked == ["register"] * 2


@pytest.mark.long
def test_an_overdue_check_and_a_number_that_did_not_work_are_due():
    from datetime import UTC, datetime, time, timedelta

    from django.utils import timezone

    from signposting.models import NotWorking, Service

    call_command("load_content", verbosity=0)
    helpline = Service.objects.get(slug="paladin")
    NotWorking.objects.create(service=helpline, day=timezone.localdate())
    last_day = datetime.combine(helpline.last_check.due, time(12), UTC)
    late = last_day + timedelta(days=1)
    due = [sentence for sentence in sources.due(late) if sentence.startswith(f"{helpline}: ")]
    assert any("did not work" in sentence for sentence in due)
    assert any("Check overdue since" in sentence for sentence in due)
