"""What was taken off, or deleted past the newsroom, comes back by no edition and no older release."""

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import QuerySet
from django.test import Client
from django.utils import timezone

from publishing import sources
from publishing.printing import editions, printer, records, taken_off
from signposting import content
from signposting.models import LinkHost, Organisation, Release, Route, Service
from tests.register import agree_all

from ...publishing.builders import make_edition
from ..keepers import NEW, OLD, agree, ask, public, take_off, url

SHARED = "https://www.shared.example/chat"


def printed():
    """Write an edition as a print would, but for its pages. Return its number."""
    known = sources.known()
    edition = make_edition(
        numbers=known.dials, ways=tuple(sorted(known.ways)), kept=sources.kept(timezone.now())
    )
    number = editions.write(edition)
    editions.note_taken_off(known.held)
    return number


@pytest.fixture(autouse=True)
def folder(register, settings, tmp_path):
    settings.EDITIONS_DIR = tmp_path / "editions"


def is_refused(number):
    """Return whether an edition is served by nothing: no start, no repair, no rollback."""
    try:
        editions.manifest(number)
    except editions.TakenOff:
        return True
    return False


def give(slug, kind, **values):
    """Give a service one more route of a kind, as if it had been agreed."""
    service = Service.objects.get(slug=slug)
    values = {"key": f"new-{kind}", "kind": kind, "words": "Use it."} | values
    Route.objects.create(service=service, **values)
    agree_all()
    return service


WAYS = {
    "web": {"address": "https://hijacked.example/form"},
    "email": {"address": "help@hijacked.example"},
    "text": {"dial": "07700900123", "display": "07700 900123"},
    "voice": {"dial": "02079460123", "display": "020 7946 0123"},
    "in-person": {},
}


@pytest.mark.long
@pytest.mark.parametrize("kind", WAYS)
@pytest.mark.parametrize("all_of_it", [True, False], ids=["the service", "one way"])
def test_no_edition_with_a_way_that_was_taken_off_is_served(alice, register, kind, all_of_it):
    galop = give("galop", kind, **WAYS[kind])
    before = printed()
    assert not printer.ends_pin(before)
    route = Route.objects.get(service=galop, key=f"new-{kind}")
    what = "" if all_of_it else route.key
    assert take_off(alice, galop, register.get(slug="juno"), what=what).status_code == 302
    editions.files.put_bytes(editions.root() / "pinned", b"1")
    assert printer.ends_pin(before), "and the pin ends"
    assert editions.pin() is None
    after = printed()
    assert is_refused(before)
    assert not is_refused(after)


@pytest.mark.long
def test_a_website_a_site_to_link_to_and_the_owners_address_are_ways_too(alice, bob, helpline):
    website = "https://www.hijacked.example/"
    Organisation.objects.filter(pk=helpline.organisation_id).update(website=website)
    agree_all()
    first = printed()
    Organisation.objects.filter(pk=helpline.organisation_id).update(website="")
    agree_all()
    second = printed()
    assert is_refused(first)
    LinkHost.objects.get(address="www.gov.uk").take_off()
    third = printed()
    assert is_refused(second)
    assert not is_refused(third)


@pytest.mark.long
def test_an_address_of_two_services_is_taken_off_one_alone(alice, bob, register):
    galop, juno = (give(slug, "web", address=SHARED) for slug in ("galop", "juno"))
    before = printed()
    assert take_off(alice, galop, juno, what="new-web").status_code == 302
    assert printer.ends_pin(before)
    after = printed()
    assert is_refused(before), "it says that the address is Galop's"
    assert not is_refused(after), "it is still the other's"
    assert SHARED in public("/help/juno/") or SHARED in Client().get("/help/juno/").text


@pytest.mark.long
def test_what_two_agreed_again_may_be_served_again(alice, bob, register):
    galop = give("galop", "web", address=SHARED)
    before = printed()
    assert take_off(alice, galop, register.get(slug="juno"), what="new-web").status_code == 302
    printed()
    assert is_refused(before)
    assert ask(alice, galop, **{"new-web": SHARED}).status_code == 302
    assert agree(bob, **{"new-web": SHARED}).status_code == 302
    after = printed()
    assert not is_refused(after)
    assert not is_refused(before)


def test_an_edition_that_names_no_ways_is_held_to_its_numbers(register):
    known = sources.known()
    number = editions.write(make_edition(numbers=known.dials))
    editions.note_taken_off(known.held)
    assert not is_refused(number)
    taken_off.note(editions.root(), [known.dials[0]], ())
    assert is_refused(number)


# What is deleted by whoever owns the database.


def delete(*rows, model=Release):
    """Delete rows as only the owner of the database can."""
    with connection.cursor() as cursor:
        for name in ("frozen", "kept"):
            table = f" ON {model._meta.db_table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {model._meta.db_table}_{name}{table}")
    QuerySet(model).filter(pk__in=[row.pk for row in rows]).delete()


def changed(alice, bob, helpline):
    """Let two people change the number, and print it."""
    printed()
    assert ask(alice, helpline, phone=NEW).status_code == 302
    assert agree(bob, phone=NEW).status_code == 302
    printed()
    assert NEW in public()


def alarmed(name):
    return [
        said for said in sources.alarms() if "is gone from the database" in said and name in said
    ]


@pytest.mark.long
def test_a_release_that_was_deleted_brings_back_no_older_number(alice, bob, helpline):
    changed(alice, bob, helpline)
    assert not alarmed("")
    delete(Release.objects.newest().get(service=helpline))
    assert Release.objects.newest().get(service=helpline).number == 1
    assert alarmed(helpline.name)
    assert "is gone from the database" in alice.get("/admin/").text
    for path in ("/help/", f"/help/{helpline.slug}/"):
        assert NEW in public(path)
        assert OLD not in public(path)
    printed()
    printed()
    assert alarmed(helpline.name), "also when it was printed since"
    assert NEW in public()


@pytest.mark.long
def test_a_take_off_that_was_deleted_stays(alice, bob, helpline, register):
    assert take_off(alice, helpline, register.get(slug="juno")).status_code == 302
    printed()
    delete(Release.objects.newest().get(service=helpline))
    assert alarmed(helpline.name)
    assert OLD not in public()
    assert "08088020300" not in {number.dial for number in sources.numbers()}


@pytest.mark.long
def test_while_an_older_edition_is_pinned_too(alice, bob, helpline):
    changed(alice, bob, helpline)
    editions.switch(1)
    delete(Release.objects.newest().get(service=helpline))
    assert alarmed(helpline.name)
    assert NEW in public()


@pytest.mark.long
@pytest.mark.parametrize("how", ["agree", "take off", "check"])
def test_what_is_done_in_the_newsroom_then_stands_on_what_readers_had(
    alice, bob, helpline, register, how
):
    changed(alice, bob, helpline)
    delete(Release.objects.newest().get(service=helpline))
    if how == "agree":
        other = "0808 802 0311"
        assert ask(alice, helpline, phone=other).status_code == 302
        assert agree(bob, phone=other).status_code == 302
        assert other in public()
    elif how == "take off":
        assert take_off(alice, helpline, register.get(slug="juno")).status_code == 302
        assert NEW not in public()
    else:
        page = alice.get(url(helpline.pk, "check"))
        data = {name: page.context["form"].initial[name] for name in ("how", "day", "due")}
        data |= {"where": "Their page.", "outcome": "right"}
        assert alice.post(url(helpline.pk, "check"), data).status_code == 302
        assert NEW in public()
    assert OLD not in public()
    assert Release.objects.newest().get(service=helpline).number == 3
    assert not alarmed("")


def empty():
    """Delete all that the register holds."""
    delete(*Release.objects.none())
    with connection.cursor() as cursor:
        # References are looked at when all of it is done.
        for model in apps.get_app_config("signposting").get_models():
            cursor.execute(f"DELETE FROM {model._meta.db_table}")


@pytest.mark.long
def test_all_releases_of_a_service(alice, bob, helpline):
    changed(alice, bob, helpline)
    delete(*Release.objects.filter(service=helpline))
    assert alarmed(helpline.name)
    assert NEW in public()


@pytest.mark.long
def test_an_emptied_register_is_not_loaded_again_as_agreed(alice, bob, helpline):
    changed(alice, bob, helpline)
    empty()
    content.load()
    assert alarmed(helpline.name)
    assert helpline.name in public(f"/help/{helpline.slug}/")
    for path in ("/help/", f"/help/{helpline.slug}/"):
        assert not [number for number in (OLD, NEW) if number in public(path)]
    printed()
    assert alarmed(helpline.name)


@pytest.mark.long
def test_only_who_says_so_begins_anew(alice, bob, helpline):
    changed(alice, bob, helpline)
    empty()
    records.begin_anew()
    content.load()
    assert not alarmed("")
    assert OLD in public()


@pytest.mark.long
def test_a_site_that_was_taken_off_comes_back_by_no_row(alice):
    host = LinkHost.objects.get(address="www.gov.uk")
    printed()
    host.take_off()
    printed()
    QuerySet(LinkHost).filter(pk=host.pk).update(taken_off_at=None)
    assert "www.gov.uk" not in sources.known().hosts
    assert any("www.gov.uk" in said for said in sources.alarms())
    delete(host, model=LinkHost)
    content.load()
    assert "www.gov.uk" not in sources.known().hosts
