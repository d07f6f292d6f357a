"""Links in pages lead where two keepers agreed; one alone takes a site off."""

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.urls import reverse

from publishing import sources
from safety.accounts import roles
from signposting import content, edition_source
from signposting.models import LinkHost
from signposting.models.link_hosts import written

pytestmark = pytest.mark.django_db


@pytest.fixture
def keepers(django_user_model):
    content.load()
    found = [django_user_model.objects.create_user(name, is_staff=True) for name in ("ann", "ben")]
    for user in found:
        user.groups.add(Group.objects.get(name=roles.KEEPERS))
    return found


def ask(client, user, address):
    client.force_login(user)
    return client.post(reverse("admin:signposting_linkhost_add"), {"address": address})


def agree(client, user, host, **typed):
    client.force_login(user)
    return client.post(reverse("admin:signposting_linkhost_change", args=[host.pk]), typed)


def hosts():
    return set(sources.known().hosts)


def test_the_launch_content_counts_as_agreed_by_its_file(keepers):
    assert "www.gov.uk" in hosts()


@pytest.mark.long
def test_a_site_waits_for_a_second_person_who_types_it_again(keepers, client):
    ann, ben = keepers
    ask(client, ann, "https://www.citizensadvice.org.uk/")
    host = LinkHost.objects.waiting().get()
    assert host.address == "www.citizensadvice.org.uk"
    assert host.address not in hosts()
    client.force_login(ben)
    for screen in ("changelist", "change"):
        given = [host.pk] if screen == "change" else []
        page = client.get(reverse(f"admin:signposting_linkhost_{screen}", args=given)).text
        assert "A new site, asked for by ann" in page
        assert host.address not in page
    assert "not the site" in agree(client, ben, host, again="www.citizensadvise.org.uk").text
    assert host.address not in hosts()
    assert agree(client, ben, host, again="www.citizensadvice.org.uk").status_code == 302
    assert host.address in hosts()
    again = agree(client, ben, host, again="www.citizensadvice.org.uk").text
    assert "It is agreed already." in again


def test_a_site_that_is_agreed_or_waits_is_not_asked_for_again(keepers, client):
    for address in ("www.gov.uk", "www.citizensadvice.org.uk", "www.citizensadvice.org.uk"):
        answer = ask(client, keepers[0], address)
    assert "This site is agreed, or waits for a second person." in answer.text
    assert "agreed, or waits" in ask(client, keepers[1], "https://www.gov.uk/").text
    assert LinkHost.objects.filter(address="www.gov.uk").count() == 1


def test_nobody_agrees_their_own(keepers, client):
    ask(client, keepers[0], "www.citizensadvice.org.uk")
    host = LinkHost.objects.waiting().get()
    assert "Somebody else" in agree(client, keepers[0], host, again=host.address).text
    assert host.address not in hosts()


def test_one_alone_takes_a_site_off_and_loading_again_does_not_bring_it_back(keepers, client):
    agree(client, keepers[0], LinkHost.objects.get(address="www.gov.uk"), off="on")
    content.load()
    assert "www.gov.uk" not in hosts()


def test_a_change_past_the_forms_is_set_aside_and_alarmed(keepers):
    LinkHost.objects.filter(address="www.gov.uk").update(address="a.example.org")
    assert "a.example.org" not in hosts()
    assert any("a.example.org" in sentence for sentence in edition_source.alarms())


@pytest.mark.long
def test_where_strangers_put_pages_only_a_whole_address_is_agreed(keepers, client):
    with pytest.raises(ValidationError, match="whole address"):
        written("www.facebook.com")
    ann, ben = keepers
    ask(client, ann, "https://www.Facebook.com/RefugeCharity")
    host = LinkHost.objects.waiting().get()
    # In other letters it can be the page of somebody else.
    assert "not the site" in agree(client, ben, host, again="www.facebook.com/refugecharity").text
    agree(client, ben, host, again="www.facebook.com/RefugeCharity")
    assert "www.facebook.com" not in hosts()
    assert "www.facebook.com/RefugeCharity" in {one.address for one in sources.known().addresses}


@pytest.mark.parametrize(
    "typed", ["", "gov", "a b.org", "\u0430.org", "https://a@b.org", "xn--a.org", "a.org:80"]
)
def test_what_is_no_plain_site_is_refused(typed):
    with pytest.raises(ValidationError):
        written(typed)
