"""What one person takes off is gone whole: website and data too, and no broken release brings it back."""

import pytest
from django.test import Client

from publishing import sources
from signposting.models import Organisation, Release, Route
from signposting.releases import document, freeze, in_force, make, stands_in
from tests.register import agree_all

from ..keepers import OLD, agree, ask, public, take_off

WEBSITE = "helpline.example"
DATA = "/api/open-referral/v3/services?per_page=100"


def known():
    return [one.address for one in sources.known().addresses]


@pytest.mark.long
def test_a_service_that_is_taken_off_takes_its_website_along(alice, bob, helpline, register):
    website = f"https://www.{WEBSITE}/"
    Organisation.objects.filter(pk=helpline.organisation_id).update(website=website)
    agree_all()
    assert website in Client().get(DATA).text
    assert website in known()
    assert take_off(alice, helpline, register.get(slug="juno")).status_code == 302
    assert WEBSITE not in Client().get(DATA).text
    assert [address for address in known() if WEBSITE in address] == []
    # It comes back as a number does: by two.
    ask(alice, helpline, phone=OLD, web="https://example.org/chat")
    agree(bob, phone=OLD, web="https://example.org/chat")
    assert OLD not in public()
    agree(bob, phone=OLD, web="https://example.org/chat", organisation=website)
    assert OLD in public()
    assert website in Client().get(DATA).text


@pytest.mark.long
def test_an_address_that_is_taken_off_is_no_website_either(alice, register):
    web = Route.objects.exclude(address="").filter(service__slug="crimestoppers", key="web").get()
    organisation = web.service.organisation
    organisation.website = web.address.rstrip("/") + "/"
    organisation.save()
    release = Release.objects.newest().get(service=web.service)
    agree_all()
    assert Release.objects.newest().get(service=web.service).pk != release.pk
    assert organisation.website in known()
    answer = take_off(alice, web.service, register.get(slug="juno"), "Hijacked.", what="web")
    assert answer.status_code == 302
    assert web.address not in Client().get(DATA).text
    assert [address for address in known() if address.startswith(web.address.rstrip("/"))] == []
    assert "0800 555 111" in public("/help/crimestoppers/")


def test_a_service_taken_off_by_an_earlier_version_shows_no_website(register, helpline):
    content = document.taken_off(freeze(helpline))
    content["organisation"]["website"] = f"https://www.{WEBSITE}/"
    make(helpline, content, Release.Kind.LOADED, "As it was once made.")
    assert in_force()[helpline.slug].organisation.website == ""


@pytest.mark.parametrize("key", ["phone", "web"])
def test_what_a_broken_release_held_back_does_not_come_back(register, helpline, key):
    """The one before it stands in its place, without what was taken off alone."""
    release = helpline.releases.get()
    content = document.held_back(release.content, [key])
    off = Release(service=helpline, number=2, kind="loaded", content=content, reason="Off.")
    off.digest = "made up"
    off.save()
    found = {route["key"]: route for route in stands_in(off)["routes"]}
    assert found[key]["held"]
    assert not found[key]["dial"] + found[key]["address"]
    assert [each for each in found if not found[each]["held"]] == [
        each for each in found if each != key
    ]
