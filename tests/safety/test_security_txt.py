"""security.txt keeps RFC 9116, and invents nobody to write to."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from safety.security_txt import text

NOON = datetime(2026, 11, 22, 12, 30, 7, 5, tzinfo=UTC)


def fields(moment=NOON):
    lines = [line for line in text(moment).splitlines() if line and not line.startswith("#")]
    return dict(line.split(": ", 1) for line in lines)


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("web.team@example.police.uk", "mailto:web.team@example.police.uk"),
        ("mailto:web.team@example.police.uk", "mailto:web.team@example.police.uk"),
        ("https://example.police.uk/contact", "https://example.police.uk/contact"),
    ],
)
def test_the_contact_is_the_owners_as_an_address(settings, said, written):
    settings.SITE_CONTACT = said
    assert fields()["Contact"] == written


def test_without_a_contact_it_says_so_and_invents_none(settings):
    settings.SITE_CONTACT = ""
    assert "Contact" not in fields()
    assert "# Contact: to be confirmed by whoever runs this site" in text(NOON)


def test_it_expires_within_364_days_and_is_the_same_all_day():
    expires = datetime.strptime(fields()["Expires"], "%Y-%m-%dT%H:%M:%S%z")
    assert timedelta(days=363) < expires - NOON <= timedelta(days=364)
    assert text(NOON) == text(NOON + timedelta(hours=11))


@pytest.mark.django_db
def test_it_is_served_as_text_and_its_policy_is_a_page_of_ours(settings):
    settings.SITE_CONTACT = ""
    settings.SITE_URL = "https://site.example"
    response = Client().get("/.well-known/security.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode().startswith("# Contact: to be confirmed")
    assert fields()["Canonical"] == "https://site.example/.well-known/security.txt"
    assert fields()["Policy"] == "https://site.example/security/"
