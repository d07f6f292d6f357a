from datetime import date

import pytest
from django.contrib.auth.models import Group, Permission

from signposting import content
from signposting.models import Organisation, Route, Service
from signposting.models.checks import CHECK_EVERY
from signposting.releases import in_force

from ..reading import read
from .facts import NEVER_PRINTED, RECORDS


def test_every_record_of_the_fact_sheet_is_in_the_register(register):
    withheld = {"notts-womens-aid": "open"}
    expected = {slug: confidence for slug, (_, confidence, _) in RECORDS.items()} | withheld
    assert {slug: each.confidence for slug, each in in_force().items()} == expected


def test_what_may_not_run_in_2026_is_held_back(register, client):
    assert register.get(slug="ask-for-ani").status == Service.Status.DRAFT
    assert client.get("/help/ask-for-ani/").status_code == 404


def test_every_launch_check_was_read_and_not_confirmed(register):
    assert set(register.values_list("last_check__how", "last_check__day__year")) == {("read", 2026)}


def test_a_launch_check_holds_for_ninety_days_from_its_day(register, monkeypatch):
    monkeypatch.setattr(content, "CHECK_EVERY", CHECK_EVERY)
    content.add("one-more", content.services()["samaritans"])
    check = register.get(slug="one-more").last_check
    assert (check.day, check.due) == (date(2026, 11, 22), date(2027, 2, 20))


def test_loading_again_adds_nothing_and_keeps_what_somebody_changed(register):
    juno = register.get(slug="juno")
    juno.what = "Changed by a person."
    juno.save()
    Organisation.objects.filter(slug="juno").update(name="Juno, changed")
    assert content.load() == (0, Service.objects.count())
    juno.refresh_from_db()
    assert juno.what == "Changed by a person."
    assert juno.organisation.name == "Juno, changed"


def test_loading_again_brings_the_emergency_words_up_to_date(register):
    register.filter(slug="999").update(what="Old words.")
    content.load()
    assert "operator" in register.get(slug="999").what


@pytest.mark.long
def test_what_must_not_be_printed_is_on_no_page(register, client):
    # It is possible: the register holds the number, and the service is named.
    assert register.get(slug="notts-womens-aid").routes.get().display == "01909 491330"
    pages = [
        "/help/",
        *[f"/help/{slug}/" for slug in in_force()],
    ]
    for path in pages:
        text = read(client.get(path)).text
        assert [words for words in NEVER_PRINTED if words in text] == [], path


def test_keepers_may_change_the_register_and_delete_none_of_it(register):
    from django.contrib.auth.models import Group

    may = set(
        Group.objects.get(name="Register keepers").permissions.values_list("codename", flat=True)
    )
    assert {"change_service", "add_check", "add_releaserequest", "change_releaserequest"} <= may
    assert not {"delete_service", "delete_check"} & may


def test_loading_again_brings_emergency_routes_and_new_permissions(register):
    routes = Route.objects.filter(service__slug="relay-uk")
    before = list(routes.values_list("key", "label", "words"))
    routes.update(label="Old", words="Old words.")
    keepers = Group.objects.get(name="Register keepers")
    may = set(keepers.permissions.values_list("codename", flat=True))
    keepers.permissions.remove(Permission.objects.get(codename="withhold_service"))
    content.load()
    assert list(routes.values_list("key", "label", "words")) == before
    assert set(keepers.permissions.values_list("codename", flat=True)) == may
