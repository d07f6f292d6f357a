from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.utils import timezone

from awareness import content as awareness
from awareness.models import Feedback, Page
from cookies import content as cookies
from cookies.models import DailyAnswers, DailyReads
from safety.accounts import audit, roles
from safety.accounts.models import Entry
from safety.identity import content as identity
from safety.identity.models import Look, UrgentNotice
from signposting import content as signposting
from signposting.models import HeadingsRelease

from ...content import loaded

PASSWORD = "otters by the river 9"  # noqa: S105


@pytest.fixture
def on_a_server(settings):
    """As on a server, after it has been prepared."""
    settings.LOCAL = False
    audit.write(Entry.Action.PREPARED)


@pytest.fixture
def groups(db):
    """The four groups, with what every app gives them."""
    roles.load()
    signposting.make_group()
    awareness.make_groups()
    cookies.let_editors_look()


@pytest.fixture
def make(groups):
    """Return a function that makes somebody in groups: make("ann", roles.KEEPERS)."""

    def make(name, *names, **fields):
        user = get_user_model().objects.create_user(
            name, password=PASSWORD, is_staff=True, **fields
        )
        user.groups.set(Group.objects.filter(name__in=names))
        return user

    return make


@pytest.fixture(scope="module")
def launched(django_db_setup, django_db_blocker):
    with loaded(django_db_blocker, signposting, cookies, identity):
        yield


@pytest.fixture
def rows(launched, groups, make):
    """A row of everything that has screens."""
    day = timezone.localdate()
    # One that waits: what was settled has no button for anybody.
    asker = make("somebody")
    now = HeadingsRelease.objects.agreed().first().content
    HeadingsRelease.objects.create(reason="A change.", content=now, asked_by=asker)
    Look().put_in_force()
    UrgentNotice.objects.create(words="Words.", ends_at=timezone.now() + timedelta(hours=1))
    Page.objects.create(kind="advice", slug="one", title="One", summary="First.")
    # The newest is a campaign, for there are screens of campaigns alone.
    Page.objects.create(kind="campaign", slug="week", title="Week", summary="First.", theme="Week",
        first_day="2024-04-22", last_day="2024-04-26")  # fmt: skip
    Feedback.objects.create(found="no", comment="", day=day)
    DailyAnswers.objects.create(day=day, policy=1, choice="none", count=1)
    DailyReads.objects.create(day=day, path="/", reads=1, visits=1)
