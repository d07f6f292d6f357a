"""What areas and groups are called, what stands first and whom an area takes: two keepers agree it."""

import json

import pytest
from django.conf import settings as site_settings
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from awareness import content as pages
from publishing import sources
from publishing.printing import editions
from publishing.printing.printer import print_edition
from signposting import edition_source, headings
from signposting.admin.headings import seen
from signposting.models import Area, HeadingsRelease, LinkHost, Need

from ...publishing.builders import make_edition
from ..keepers import public, save, sign_in

ADD = "/admin/signposting/headingsrelease/add/"
TABLE = "signposting_headingsrelease"


def need(number):
    return reverse("admin:signposting_need_change", args=[number])


def area(slug):
    return reverse("admin:signposting_area_change", args=[Area.objects.get(slug=slug).pk])


def waiting():
    return HeadingsRelease.objects.waiting().get()


def ask(client):
    return client.post(ADD, {"reason": "We talked about it.", "seen": seen()})


def agree(client):
    return client.post(f"/admin/signposting/headingsrelease/{waiting().pk}/change/", {})


def first():
    """Return the number that stands first on paper, on the help page and on the home page."""
    return Client().get("/help/").text.partition('class="services"')[2].partition("</h2>")[0]


@pytest.fixture
def kept(alice, settings, tmp_path):
    """An edition that knows what was printed last."""
    settings.EDITIONS_DIR = tmp_path / "editions"
    keeps = json.loads(json.dumps(sources.kept(timezone.now())))
    editions.switch(editions.write(make_edition(kept=keeps)))


@pytest.mark.long
def test_one_keeper_alone_changes_nothing_that_readers_have(alice, bob):
    before, contact, was = public(), public("/help/who-to-contact/"), first()
    # Another line first of all: that of people who worry about what they do themselves.
    assert save(alice, need(5), role="").status_code == 302
    assert save(alice, need(8), role="first", heading="Call these first").status_code == 302
    assert save(alice, area("uk"), name="Nottinghamshire", covers="here").status_code == 302
    assert public() == before
    assert public("/help/who-to-contact/") == contact
    assert ask(alice).status_code == 302
    assert "Somebody else must agree" in agree(alice).text
    assert public() == before
    shown = bob.get(f"/admin/signposting/headingsrelease/{waiting().pk}/change/").text
    assert "Call these first" in shown
    assert agree(bob).status_code == 302
    assert first() != was
    assert "Nottinghamshire" in public("/help/galop/")


def test_who_looks_after_accounts_neither_asks_nor_agrees(alice, bob):
    save(alice, need(8), name="How you are")
    boss = sign_in("max", "Managers")
    assert ask(boss).status_code == 403
    assert ask(alice).status_code == 302
    assert agree(boss).status_code == 403
    assert "waits already" in ask(bob).text
    assert (
        bob.post(
            f"/admin/signposting/headingsrelease/{waiting().pk}/change/", {"drop": "on"}
        ).status_code
        == 302
    )
    assert "How you are" not in [each.name for each in headings.now().needs.values()]


@pytest.mark.long
@pytest.mark.parametrize(
    "words", ["Text HELP to 85258", "www.example.org", "Call 0808 802 0300", "oh eight hundred one"]
)
def test_a_contact_in_the_name_of_a_group_or_an_area_is_refused(alice, words):
    for address, field in ((need(8), "heading"), (area("uk"), "name"), (area("uk"), "in_words")):
        page = save(alice, address, **{field: words})
        assert page.status_code == 200
        assert "reads as a number or an address" in page.text


@pytest.mark.long
def test_one_keeper_alone_holds_no_page_up(alice, register, settings, tmp_path):
    """Neither by the place of a group, which pages lead to, nor by a site that our own pages link to."""
    settings.EDITIONS_DIR = tmp_path / "editions"
    settings.MEDIA_ROOT = tmp_path / "uploads"
    settings.STATIC_ROOT = site_settings.BASE_DIR / "static"
    pages.load()
    assert print_edition().problems == []
    for number in Need.objects.exclude(anchor="").values_list("number", flat=True):
        save(alice, need(number), anchor=f"place-{number}", name="Near you", heading="")
    assert ask(alice).status_code == 302
    hosts = LinkHost.objects.standing()
    for host in hosts:
        address = reverse("admin:signposting_linkhost_change", args=[host.pk])
        assert alice.post(address, {"off": "on"}).status_code == 302
    assert hosts
    # Agreed by a second one, as it was asked.
    waiting().agree(sign_in("carol").get("/admin/").context["user"])
    print_edition()
    aside = editions.summary(editions.current_number())["set_aside"]
    assert not {"/", "/help/", "/help/who-to-contact/", "/data/"} & {*aside}
    assert "Near you" in editions.load(editions.current_number()).items["/help/"].body.decode()


def by_sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


CHANGES = [
    (f"UPDATE {TABLE} SET content = %s", '{"areas": [], "needs": []}'),
    (f"UPDATE {TABLE} SET reason = %s", "Nothing."),
    (f"UPDATE {TABLE} SET digest = %s", "0" * 43),
    (f"DELETE FROM {TABLE} WHERE reason != %s", ""),
]


@pytest.mark.long
@pytest.mark.parametrize("change", CHANGES)
def test_a_change_by_sql_is_set_aside_and_alarmed(kept, change):
    assert edition_source.alarms() == []
    before = public()
    by_sql(*change)
    assert public() == before
    assert "not as two people agreed" in " ".join(edition_source.alarms())
    # What is agreed next ends it.
    HeadingsRelease(content=headings.as_rows(headings.typed()), reason="Again.").agree()
    assert edition_source.alarms() == []
    assert public() == before


def test_a_change_by_sql_of_a_working_copy_reaches_nobody(alice):
    before, terms = public(), Client().get("/api/open-referral/v3/taxonomy_terms").text
    by_sql("UPDATE signposting_need SET name = %s, heading = %s", "Zebra", "Zebra")
    by_sql("UPDATE signposting_area SET name = %s", "Zebra")
    assert public() == before
    assert Client().get("/api/open-referral/v3/taxonomy_terms").text == terms


def test_an_older_one_that_is_put_back_is_passed_over(alice, bob, request):
    old = HeadingsRelease.objects.get()
    save(alice, need(8), name="How you are", heading="How you are")
    ask(alice)
    agree(bob)
    assert "How you are" in public()
    request.getfixturevalue("kept")
    by_sql(f"DELETE FROM {TABLE} WHERE id != %s", old.pk)
    assert "How you are" in public()
    assert edition_source.alarms()


def test_with_nothing_that_is_right_nothing_is_printed(register, settings, tmp_path):
    settings.EDITIONS_DIR = tmp_path / "editions"
    by_sql(f"UPDATE {TABLE} SET digest = %s", "")
    result = print_edition()
    assert result.number is None
    assert "not as two people agreed" in str(result.problems[0])


@pytest.mark.django_db
def test_no_second_change_waits_beside_one_whoever_writes_it():
    HeadingsRelease.objects.create(content={}, reason="One.").drop()
    HeadingsRelease.objects.create(content={}, reason="Another.")
    with pytest.raises(IntegrityError), transaction.atomic():
        HeadingsRelease.objects.create(content={}, reason="A third.")


def test_what_was_settled_is_looked_at_and_has_no_button(alice, bob):
    save(alice, need(10), name="Under 18 today")
    ask(alice)
    screen = f"/admin/signposting/headingsrelease/{waiting().pk}/change/"
    assert "Agree it, or drop it if you ticked that" in bob.get(screen).text
    assert agree(bob).status_code == 302
    assert "Agree it" not in bob.get(screen).text
    assert bob.post(screen, {"drop": "on"}).status_code == 403
    assert HeadingsRelease.objects.first().dropped_at is None


def test_what_a_colleague_saved_since_the_screen_was_shown_is_shown_first(alice, bob):
    """Or Alice's words would have Bob's name, and she could agree them: one person's, then."""
    save(bob, need(5), heading="Zebras.")
    data = {"reason": "We talked.", "seen": bob.get(ADD).context["adminform"].form["seen"].value()}
    save(alice, need(6), heading="Lions.")
    again = bob.post(ADD, data)
    assert "A colleague saved an area or a group meanwhile." in again.text
    assert "Lions." in again.text
    assert not HeadingsRelease.objects.waiting().exists()
    data["seen"] = again.context["adminform"].form["seen"].value()
    assert bob.post(ADD, data).status_code == 302
    assert "Lions." in str(waiting().content)
