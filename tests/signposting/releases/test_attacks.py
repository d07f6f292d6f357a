"""What one ordinary login once did to readers: each is tried here or where ATTACKS says."""

import re
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client

from awareness import editing
from awareness.models import Page, Text
from publishing.printing import editions
from safety.accounts import audit, roles
from safety.accounts.models import Entry
from signposting.models import ReleaseRequest

from ...publishing.builders import make_edition
from ...publishing.gate.spellings import looked_at
from ...reading import read
from ...safety.accounts.conftest import PASSWORD
from ...safety.accounts.helpers import give_app, log_in
from ..keepers import NEW, agree, ask, public, save, take_off, url, waiting
from ..test_admin import add_route

TESTS = Path(__file__).resolve().parents[2]
HERE = "signposting/releases/test_attacks.py"
TWO = "signposting/releases/test_two_people.py"
ATTACKS = {
    "ten contacts in what a service does": f"{HERE}::test_ten_contacts_in_what_a_service_does",
    "a contact in any field or block": "awareness/test_spellings.py::"
    "test_no_spelling_of_a_contact_passes_in_a_field",
    "a whole new service": f"{HERE}::test_a_second_national_stalking_helpline",
    "a service with the name of another": f"{TWO}::test_words_of_one_person_reach_no_reader",
    "another website": f"{TWO}::test_another_website_of_an_organisation_is_typed_by_two",
    "an address shown again": f"{TWO}::test_an_address_that_was_taken_off_is_not_shown_again_by_one",
    "another kind of route": f"{TWO}::test_another_kind_of_route_is_another_link_and_takes_two",
    "a link under another's name": f"{HERE}::test_an_editor_links_no_stranger",
    "a second login of one's own": f"{HERE}::test_a_manager_makes_a_second_login",
    "a manager who asks": f"{TWO}::test_who_manages_accounts_neither_asks_nor_agrees",
    "a bad record": "publishing/printing/test_set_aside.py::"
    "test_a_take_off_gets_out_whatever_goes_bad_elsewhere",
    "a bad record of the register": "signposting/releases/test_one_record_alone.py::"
    "test_its_last_print_stands_and_all_else_goes_on",
    "a broken file of an edition": "publishing/printing/test_taken_off.py::"
    "test_an_older_edition_that_holds_one_is_passed_over",
    "a lost database": "config/test_lost_database.py::"
    "test_an_empty_database_beside_editions_stops_and_says_how_to_restore",
    "open data with a query": "signposting/open_referral/test_as_printed.py::"
    "test_a_number_changed_by_sql_changes_no_answer",
    "a number changed by SQL": f"{TWO}::test_a_release_that_was_changed_by_sql_is_set_aside_and_alarmed",
    "a page changed by SQL": "awareness/test_release_digest.py::"
    "test_a_change_by_sql_of_any_field_shows",
    "one of two machines": "publishing/test_two_machines.py::"
    "test_one_that_is_behind_serves_what_it_had_and_is_named",
    "a picture with a number": "awareness/admin/test_admin.py::"
    "test_an_image_is_uploaded_drawn_again_and_kept",
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_each_has_its_test(attack):
    file, _, name = ATTACKS[attack].partition("::")
    assert re.search(rf"^def {name}\(", (TESTS / file).read_text(), re.MULTILINE)


CONTACTS = [
    "Dial 0800, 111, 2222",
    "O8OO 111 2224",
    "Text HELP to 85258",
    "wa.me/447700900123",
    "help@example.org",
    "www.example.org",
    "oh eight hundred, one one one, two two two four",
    "Call 8am 5am 2am 5am 8am",
    "Our bank line is 159",
    "Text 8525 mm",
]


@pytest.fixture
def edition(settings, tmp_path):
    """An edition that readers have: what would hold up the next one is refused."""
    settings.EDITIONS_DIR = tmp_path / "editions"
    editions.switch(editions.write(make_edition()))


@pytest.mark.long
def test_ten_contacts_in_what_a_service_does(edition, alice, helpline):
    for words in CONTACTS:
        assert save(alice, url(helpline.pk, "change"), what=words).status_code == 302
        refused = ask(alice, helpline)
        assert refused.status_code == 200, words
        said = read(refused).text
        assert "typed into" in said or "nobody agreed" in said or "reads as a number" in said
        assert not ReleaseRequest.objects.exists()
    for path in ("/help/", f"/help/{helpline.slug}/", "/sheet/", "/feed/"):
        text = public(path)
        assert [words for words in CONTACTS if words in text] == []
    data = alice.get("/api/open-referral/v3/services?search=stalking").text
    assert [words for words in CONTACTS if words in data] == []


ADDRESS = "https://www.example.org/form"


@pytest.mark.long
def test_a_second_national_stalking_helpline(alice, bob, register, helpline):
    """A whole new service, by the admin's own screens: of two people it is a service, of one nothing."""
    before = public()
    galop = register.get(slug="galop")
    # Renamed.
    assert save(alice, url(galop.pk, "change"), name=helpline.name).status_code == 302
    assert register.get(slug="galop").name == helpline.name
    assert public() == before
    # Or made anew, with everything that a service needs.
    data = {"name": helpline.name, "slug": "new", "what": "Help.", "who": "Anyone."}
    data |= {"organisation": helpline.organisation_id, "group": 5, "position": 1, "gender": "any"}
    data |= {"area": "uk", "relationship": "any", "confidence": "two", "source": "Their page."}
    data |= {"alternative": helpline.pk, "routes-TOTAL_FORMS": 0, "routes-INITIAL_FORMS": 0}
    assert alice.post(url("add"), data).status_code == 302
    new = register.get(slug="new")
    assert add_route(alice, new).status_code == 302
    page = alice.get(url(new.pk, "check"))
    check = {name: page.context["form"].initial[name] for name in ("how", "day", "due")}
    check |= {"where": "Their page.", "outcome": "right"}
    assert alice.post(url(new.pk, "check"), check).status_code == 302
    assert ask(alice, new, another=ADDRESS).status_code == 302
    assert agree(alice, another=ADDRESS).status_code == 200  # Somebody else must.
    assert take_off(alice, new, galop).status_code == 200  # Nobody sees it yet.
    for path in ("/help/", "/help/who-to-contact/", "/feed/"):
        assert ADDRESS not in Client().get(path).text
    assert public() == before
    assert alice.get("/help/new/").status_code == 404
    assert agree(bob, another=ADDRESS).status_code == 302
    assert ADDRESS in Client().get("/help/new/").text


LINKS = [
    '<a href="https://example.org/">National Stalking Helpline website</a>',
    '<a href="https://www.police.uk@example.org/">the police</a>',
    '<a href="mailto:info@suzylamplugh.org?cc=stranger@example.org">write to them</a>',
    "<ul><li>0800</li><li>111</li><li>2222</li></ul>",
]


@pytest.mark.parametrize("html", LINKS)
def test_an_editor_links_no_stranger(register, html):
    page = Page.objects.create(kind="advice", slug="page", title="Page", summary="About it.")
    Text.objects.create(parent=page, region="main", ordering=10, html=f"<p>{html}</p>")
    editing.publish(page)
    shown, problems = looked_at(["/advice/page/"])
    assert "stranger" in shown or "example.org" in shown or "2222" in shown
    assert problems


@pytest.mark.long
def test_a_manager_makes_a_second_login(register, helpline, settings):
    """The login waits a day, and whoever looks after accounts asks for nothing."""
    settings.LOCAL = False
    audit.write(Entry.Action.PREPARED)
    roles.load()
    max_ = at_the_desk("max", roles.MANAGERS, roles.KEEPERS)
    alice, second = at_the_desk("alice", roles.KEEPERS), at_the_desk("mal", roles.KEEPERS)
    assert "you can neither ask for a change" in read(ask(max_, helpline, phone=NEW)).text
    assert ask(alice, helpline, phone=NEW).status_code == 302
    for page in (
        agree(second, phone=NEW),
        second.get(url(helpline.pk, "change")),
        second.get(url()),
    ):
        said = read(page).text
        assert said.count("because your account is new") == 1
    assert waiting().agreed_at is None
    assert NEW not in public()


def at_the_desk(name, *groups):
    """Return the browser of somebody new, logged in with a password and a code."""
    user = get_user_model().objects.create_user(name, password=PASSWORD, is_staff=True)
    user.groups.set(Group.objects.filter(name__in=groups))
    give_app(user)
    return log_in(user)
