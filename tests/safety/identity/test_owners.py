"""Who runs the site and where the exit leads: two keepers agree it; one takes it off."""

import pytest
from django.conf import settings as site_settings
from django.core.management import call_command
from django.test import Client

from publishing.printing import editions
from publishing.printing.printer import print_edition
from safety import leaving
from safety.identity import in_force
from safety.identity.models import Owner

ADD = "/admin/identity/owner/add/"
OURS = {
    "organisation": "Merrow Watch",
    "contact": "team@merrow.example",
    "complaints": "https://merrow.example/complaints",
    "data_controller": "The clerk of Merrow Watch",
    "exit_url": "https://weather.example/today",
    "reason": "The clerk told us.",
}
AGAIN = {f"again_{name}": OURS[name] for name in ("contact", "complaints", "exit_url")}


def change(owner):
    return f"/admin/identity/owner/{owner.pk}/change/"


@pytest.fixture
def asked(keepers):
    assert keepers[0].post(ADD, OURS).status_code == 302
    return Owner.objects.waiting().get()


def test_an_empty_database_is_filled_by_the_settings_and_no_other(site, settings):
    assert Owner.objects.count() == 1
    assert in_force.owner().exit_url == site_settings.EXIT_URL
    settings.EXIT_URL = settings.SITE_OWNER = "https://another.example/"
    call_command("load_content", verbosity=0)
    assert in_force.owner().exit_url != "https://another.example/"
    assert in_force.owner().organisation != "https://another.example/"


def test_readers_have_it_only_when_a_second_keeper_typed_it_again(asked, keepers):
    ann, ben = keepers
    page = ben.get(change(asked)).text
    assert "Merrow Watch" in page
    assert not [value for value in AGAIN.values() if value in page]
    assert "Somebody else must agree" in ann.post(change(asked), AGAIN).text
    wrong = AGAIN | {"again_contact": "team@merrow.exarnple"}
    assert "not what your colleague typed" in ben.post(change(asked), wrong).text
    assert "Merrow Watch" not in Client().get("/about/").text
    assert ben.post(change(asked), AGAIN).status_code == 302
    about, privacy = Client().get("/about/").text, Client().get("/privacy/").text
    assert "Merrow Watch" in about
    assert "team@merrow.example" in about
    assert "https://merrow.example/complaints" in about
    assert "The clerk of Merrow Watch" in privacy
    assert 'data-to="https://weather.example/today"' in about


@pytest.mark.long
def test_the_exit_leads_there_without_the_database_once_it_is_printed(asked, keepers):
    keepers[1].post(change(asked), AGAIN)
    assert print_edition().problems == []
    kept = editions.summary(editions.current_number())["kept"]
    assert in_force.exit_of(kept) == OURS["exit_url"]
    assert Client().get("/leave/")["Location"] == OURS["exit_url"]
    assert ("Location", OURS["exit_url"]) in leaving.leave("GET", b"", 0, OURS["exit_url"]).headers
    kept["identity"]["owner"]["exit_url"] = "https://evil.example/"
    assert in_force.exit_of(kept) == site_settings.EXIT_URL


@pytest.mark.parametrize("found", [{}, {"identity": {}}, {"identity": {"owner": {"a": 1}}}])
def test_with_nothing_kept_the_exit_leads_where_the_settings_say(found):
    assert in_force.exit_of(found) == site_settings.EXIT_URL


def test_one_keeper_alone_takes_the_contact_off(asked, keepers):
    keepers[1].post(change(asked), AGAIN)
    assert keepers[0].post(change(asked), {"off": "on"}).status_code == 302
    about = Client().get("/about/").text
    assert "Merrow Watch" in about
    assert "team@merrow.example" not in about
    assert f'data-to="{site_settings.EXIT_URL}"' in about


def test_one_at_a_time_and_what_waits_can_be_dropped(asked, keepers):
    assert "waits already" in keepers[1].post(ADD, OURS | {"organisation": "Another"}).text
    assert keepers[0].post(change(asked), {"drop": "on"}).status_code == 302
    assert "settled before" in keepers[1].post(change(asked), AGAIN).text
    assert keepers[1].post(ADD, OURS).status_code == 302


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("contact", "Our team"),
        ("complaints", "javascript:alert(1)"),
        ("exit_url", "http://a.example"),
    ],
)
def test_what_nobody_can_reach_is_refused(keepers, name, value):
    assert "https://" in keepers[0].post(ADD, OURS | {name: value}).text
    assert not Owner.objects.waiting().exists()


@pytest.mark.long
def test_a_row_that_was_changed_past_the_newsroom_counts_for_nothing(asked, keepers):
    Owner(**OURS | {"exit_url": "https://evil.example/"}, agreed_at=asked.asked_at).save()
    assert in_force.owner().exit_url == site_settings.EXIT_URL
    assert print_edition().problems == []


def test_an_editor_cannot_ask_for_it(editor):
    assert editor.post(ADD, OURS).status_code == 403
