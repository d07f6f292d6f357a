"""Staff see on every screen what readers do not see yet, and why."""

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from publishing.models import Print
from publishing.printing import editions
from publishing.problems import Problem

from .builders import make_edition

pytestmark = pytest.mark.django_db

HELD = Problem(
    "“Signs” (/signs/)", "The number <0845> costs extra.", "Choose another.", "Who to call"
)
SCREENS = ["admin:index", "admin:auth_user_changelist", "admin:password_change"]


@pytest.fixture
def staff(client):
    client.force_login(get_user_model().objects.create_superuser("alice"))
    return client


@pytest.mark.parametrize("screen", SCREENS)
def test_what_holds_up_the_edition_is_on_every_screen(staff, screen):
    Print.objects.create(wanted=1, problems=[HELD.as_dict()])
    text = staff.get(reverse(screen)).text
    assert "Readers do not see the latest changes yet." in text
    assert "“Signs” (/signs/), under “Who to call”: The number &lt;0845&gt; costs extra." in text
    assert "Choose another." in text


def test_what_is_set_aside_alone_is_told_apart(staff):
    Print.objects.create(wanted=1, edition=3, problems=[HELD.as_dict()])
    text = staff.get(reverse("admin:index")).text
    assert "Readers see the latest changes, but not these." in text
    assert "“Signs” (/signs/), under “Who to call”" in text
    assert "do not see the latest" not in text


def test_once_it_is_mended_it_is_gone(staff):
    Print.objects.create(wanted=1, problems=[HELD.as_dict()])
    Print.objects.create(wanted=2, edition=1)
    assert "latest changes" not in staff.get(reverse("admin:index")).text


def test_an_alarm_is_told_on_every_screen(staff, extra_source):
    extra_source(alarms=lambda: ["Release 3 of <Refuge> was changed."])
    assert "Release 3 of &lt;Refuge&gt; was changed." in staff.get(reverse("admin:index")).text


@pytest.mark.parametrize("screen", SCREENS)
def test_a_pinned_edition_is_told_on_every_screen(staff, screen):
    editions.go_back_to(editions.write(make_edition()))
    assert "Readers see edition 1" in staff.get(reverse(screen)).text


def test_who_is_not_logged_in_is_told_nothing(client):
    Print.objects.create(wanted=1, problems=[HELD.as_dict()])
    text = client.get(reverse("admin:login")).text
    assert 'name="password"' in text
    assert "Signs" not in text


@pytest.mark.django_db
def test_staff_are_told_that_readers_cannot_see_who_runs_the_site(admin_client, settings):
    settings.SITE_OWNER, settings.SITE_CONTACT = "An example force", ""
    page = " ".join(admin_client.get("/admin/").content.decode().split())
    assert "Readers cannot see how to reach them." in page
    settings.SITE_CONTACT = "web@example.org"
    assert "Readers cannot see" not in admin_client.get("/admin/").content.decode()
