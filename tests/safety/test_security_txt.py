"""security.txt keeps RFC 9116, and invents nobody to write to."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from publishing import sources
from safety.security_txt import text

pytestmark = pytest.mark.django_db
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
        ("tel:+441159000000", "tel:+441159000000"),
    ],
)
def test_the_contact_is_the_owners_as_an_address(settings, said, written):
    settings.SITE_CONTACT = said
    assert fields()["Contact"] == written


@pytest.mark.parametrize(
    "said",
    ["", "Our team", "http://example.police.uk/", "javascript://example.org/", "tel:101", "a@b c"],
)
def test_without_an_address_to_write_to_there_is_no_file(settings, said):
    address = "/.well-known/security.txt"
    settings.SITE_CONTACT = "web.team@example.police.uk"
    assert Client().get(address).status_code == 200
    assert address in [each.path for each in sources.registered["safety"].addresses(NOON)]
    settings.SITE_CONTACT = said
    assert Client().get(address).status_code == 404
    assert address not in [each.path for each in sources.registered["safety"].addresses(NOON)]


def test_it_expires_within_364_days_and_is_the_same_all_day(settings):
    settings.SITE_CONTACT = "web.team@example.police.uk"
    expires = datetime.strptime(fields()["Expires"], "%Y-%m-%dT%H:%M:%S%z")
    assert timedelta(days=363) < expires - NOON <= timedelta(days=364)
    assert text(NOON) == text(NOON + timedelta(hours=11))


def test_it_is_served_as_text_and_its_policy_is_a_page_of_ours(settings):
    settings.SITE_CONTACT = "web.team@example.police.uk"
    settings.SITE_URL = "https://site.example"
    response = Client().get("/.well-known/security.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode().startswith("Contact: mailto:web.team@example.police.uk\n")
    assert fields()["Canonical"] == "https://site.example/.well-known/security.txt"
    assert fields()["Policy"] == "https://site.example/security/"
