"""What stands behind the screens: each is reached here with the check before it made to pass."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from publishing.printing import editions
from signposting import releases
from signposting.models import Closure, Release, ReleaseRequest
from signposting.releases import alone, asking, document, in_force
from tests.publishing.builders import make_edition

OLD, NEW = "0808 802 0300", "0808 802 0399"
WHY = "Their own page."


@pytest.fixture
def people(register):
    users = get_user_model().objects
    return [users.create_user(name, is_staff=True) for name in ("alice", "bob")]


@pytest.fixture
def manager(register):
    user = get_user_model().objects.create_user("mia", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="change_user"))
    return user


@pytest.fixture
def asked(people, helpline):
    return asking.ask(helpline, {"phone": NEW}, WHY, people[0])


@pytest.fixture
def unasked(monkeypatch):
    """The sentences before a deed are all "": whoever asks may."""
    for name in ("why_not_ask", "why_not_agree"):
        monkeypatch.setattr(asking, name, lambda user: "")


def refusal(do, *given, **also):
    with pytest.raises(ValidationError) as refused, transaction.atomic():
        do(*given, **also)
    return " ".join(refused.value.messages)


def shown():
    return in_force()["national-stalking-helpline"].first_route.display


# The forms are not shown to them; the deeds refuse them too.


def test_who_manages_accounts_neither_asks_nor_agrees(manager, helpline, asked):
    assert "you can neither ask" in refusal(asking.ask, helpline, {"phone": NEW}, WHY, manager)
    assert "you can neither ask" in refusal(asking.agree, asked, {"phone": NEW}, manager)
    assert shown() == OLD


def test_who_asked_does_not_agree_whatever_they_type(asked, people):
    assert "Somebody else must agree" in refusal(asking.agree, asked, {"phone": NEW}, people[0])


def test_what_is_not_typed_right_is_not_agreed(asked, people):
    for typed in ({}, {"phone": OLD}, {"phone": "0808 802 039"}, {"web": NEW}):
        assert refusal(asking.agree, asked, typed, people[1])
    assert "Number: this is not the number" in refusal(
        asking.agree, asked, {"phone": OLD}, people[1]
    )
    assert shown() == OLD
    asking.agree(asked, {"phone": NEW}, people[1])
    assert shown() == NEW


def test_what_was_settled_is_not_agreed_or_dropped_again(asked, people):
    asking.agree(asked, {"phone": NEW}, people[1])
    for do in (lambda: asking.agree(asked, {"phone": NEW}, people[1]), lambda: asking.drop(asked)):
        assert refusal(do) == asking.SETTLED
    assert Release.objects.filter(kind="agreed").count() == 1


def test_what_was_dropped_is_not_agreed(asked, people):
    asking.drop(asked)
    assert refusal(asking.agree, asked, {"phone": NEW}, people[1]) == asking.SETTLED
    assert shown() == OLD


def test_the_database_holds_two_people_apart_where_nothing_else_does(asked, people, unasked):
    alice = people[0]
    with pytest.raises(IntegrityError), transaction.atomic():
        ReleaseRequest.objects.filter(pk=asked.pk).update(agreed_by=alice, agreed_at=timezone.now())
    assert "Somebody else" in refusal(
        releases.make,
        asked.service,
        asked.content,
        Release.Kind.AGREED,
        WHY,
        asked_by=alice,
        agreed_by=alice,
    )


def test_a_request_is_settled_once_and_whole_in_the_database(asked, people):
    rows = ReleaseRequest.objects.filter(pk=asked.pk)
    now = timezone.now()
    for wrong in (
        {"agreed_at": now},
        {"agreed_by": people[1]},
        {"agreed_by": people[1], "agreed_at": now, "dropped_at": now},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**wrong)
    assert rows.waiting().exists()
    rows.update(dropped_at=now)
    assert not rows.waiting().exists()


def test_the_service_of_an_emergency_number_is_no_keepers(register, people):
    police = register.get(slug="999")
    other = register.get(slug="victim-support")
    part = "are part of the site itself"
    assert part in refusal(asking.ask, police, {}, WHY, people[0])
    assert part in refusal(alone.claim_less, police, people[0], WHY, doubt=alone.DOUBTS[0])
    assert "always on the help page" in refusal(alone.take_off, police, WHY, other, people[0])


def test_a_reason_does_not_tell_the_number_that_a_colleague_must_find(people, helpline):
    for reason in (f"It is {NEW} now.", "It is 08088020399.", "0808-802-0399"):
        said = refusal(asking.ask, helpline, {"phone": NEW}, reason, people[0])
        assert said.startswith("Why: leave the number out.")


def test_who_asks_for_what_readers_have_is_told_so(people, helpline):
    assert "Readers have all of this already" in refusal(asking.ask, helpline, {}, WHY, people[0])


@pytest.mark.long
@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda c: c.update(check=None), "Checks: record a check first."),
        (
            lambda c: c["service"].update(confidence="owner", doubt="Perhaps."),
            "What is not certain: leave it empty. This is stated as a fact.",
        ),
        (
            lambda c: c["service"].update(languages="en xx"),
            "Languages: we do not know xx. Use en or cy or",
        ),
        (
            lambda c: c["routes"][0].update(hours="weekly", weekly_hours=[]),
            "Hours of phone: fill in the weekly table, or choose “Not known”.",
        ),
        (
            lambda c: c["service"].update(alternative=c["service"]["slug"]),
            "Another way to get help: choose one that readers can use now.",
        ),
        (
            lambda c: c["service"].update(alternative="no-such-service"),
            "Another way to get help: choose one that readers can use now.",
        ),
        (
            lambda c: [document.take_off(route) for route in c["routes"]],
            "Ways to reach it: give it one, with its number or address.",
        ),
    ],
    ids=["check", "doubt", "language", "hours", "itself", "nobody", "no way"],
)
def test_nothing_is_asked_for_that_readers_could_not_use(helpline, change, words):
    """The database refuses most of it in the working copy; here it is in the document alone."""
    content = document.freeze(helpline, True)
    asking.complete(content, helpline)
    change(content)
    [said] = refusal_of_each(asking.complete, content, helpline)
    assert said.startswith(words.partition(" Use ")[0])


def refusal_of_each(do, *given):
    with pytest.raises(ValidationError) as refused:
        do(*given)
    return refused.value.messages


def test_a_first_way_that_cannot_be_used_makes_room_for_one_that_can(helpline):
    content = document.freeze(helpline, True)
    content["service"]["first_route"] = "lost"
    asking.complete(content, helpline)
    usable = [each["key"] for each in content["routes"] if asking.is_usable(each)]
    assert content["service"]["first_route"] == usable[0]


# One person alone: whatever the form sends, nothing is claimed that was not.


@pytest.mark.parametrize(
    "change",
    [
        lambda content: content["service"].update(name="Another name"),
        lambda content: content["service"].update(doubt="Dial 0800 111 222."),
        lambda content: content["service"].update(confidence="rule"),
        lambda content: content["routes"][0].update(dial="08088020399"),
        lambda content: content["routes"][0].update(hours="always"),
        lambda content: content["routes"].append(content["routes"][0]),
        lambda content: content["organisation"].update(name="Another"),
        lambda content: content["routes"][0]["closures"].append(
            {"first_day": "2026-11-26", "last_day": "2026-11-27", "reason": "Dial 0800 111 222."}
        ),
    ],
    ids=["name", "doubt", "certainty", "number", "hours", "route", "organisation", "closure"],
)
def test_one_person_alone_claims_no_more(people, helpline, change):
    assert refusal(alone.release_alone, helpline, people[0], WHY, change) == alone.NOT_ALONE


def test_one_person_alone_can_say_less(people, helpline):
    alone.release_alone(
        helpline, people[0], WHY, lambda content: document.take_off(content["routes"][0])
    )
    assert helpline.slug in in_force()


def test_what_readers_do_not_see_is_not_taken_off(people, register, helpline):
    draft = register.exclude(pk__in=Release.objects.values("service")).first()
    if draft is None:
        draft = helpline
        draft.pk, draft.slug, draft.name = None, "draft", "Draft"
        draft.first_route = draft.last_check = None
        draft.status, draft._state.adding = "draft", True
        draft.save()
    other = register.get(slug="victim-support")
    assert refusal(alone.take_off, draft, WHY, other, people[0]) == alone.NOT_SEEN
    assert refusal(alone.claim_less, draft, people[0], WHY, doubt=alone.DOUBTS[0]) == alone.NOT_SEEN


def test_in_place_of_what_is_taken_off_stands_what_readers_can_use(people, register, helpline):
    words = "Another way to get help: readers cannot use"
    assert words in refusal(alone.take_off, helpline, WHY, helpline, people[0])
    other = register.get(slug="juno")
    alone.take_off(other, WHY, register.get(slug="victim-support"), people[0])
    assert words in refusal(alone.take_off, helpline, WHY, other, people[0])
    assert shown() == OLD


def test_a_closure_is_for_the_ways_whose_hours_are_known(people, register):
    day = timezone.localdate()
    juno = register.get(slug="juno")
    closed = Closure(first_day=day, last_day=day + timedelta(1), reason=alone.CLOSED_BECAUSE[0])
    alone.claim_less(juno, people[0], WHY, closed=closed)
    for route in in_force()["juno"].routes.all():
        assert len(route.closures.all()) == (route.hours != "unknown"), route.key
    for route in juno.routes.all():
        assert route.closures.count() == (route.hours != "unknown")


def test_what_nobody_knows_any_more_is_unknown_in_print_and_in_the_working_copy(people, helpline):
    route = helpline.routes.get(key="phone")
    assert route.hours != "unknown"
    alone.claim_less(helpline, people[0], WHY, unknown=[route])
    route.refresh_from_db()
    assert route.hours == "unknown"
    printed = in_force()[helpline.slug]
    assert {each.key: each.hours for each in printed.routes.all()}["phone"] == "unknown"


# A release that was changed in the database: see digest.


def test_a_changed_release_is_stood_in_for_by_the_last_good_one_and_told(
    people, helpline, asked, monkeypatch
):
    asking.agree(asked, {"phone": NEW}, people[1])
    newest = helpline.releases.first()
    assert shown() == NEW
    right = releases.digest.is_right
    monkeypatch.setattr(
        releases.digest, "is_right", lambda release: release.pk != newest.pk and right(release)
    )
    assert shown() == OLD
    [alarm] = [said for said in releases.alarms() if "National Stalking" in said]
    assert f"Release {newest.number} of" in alarm
    assert asking.content_of(helpline)[0] == newest.number
    monkeypatch.setattr(releases.digest, "is_right", lambda release: False)
    assert in_force()[helpline.slug].first_route.display == ""
    assert releases.few_are_right()


def test_a_good_release_before_a_take_off_does_not_come_back(
    people, register, helpline, monkeypatch
):
    alone.take_off(helpline, WHY, register.get(slug="juno"), people[0])
    off = helpline.releases.first()
    right = releases.digest.is_right
    monkeypatch.setattr(
        releases.digest, "is_right", lambda release: release.pk != off.pk and right(release)
    )
    printed = in_force()[helpline.slug]
    assert not printed.is_published
    assert not any(route.dial for route in printed.routes.all())


def test_django_says_what_was_printed_not_what_came_since(
    people, helpline, asked, settings, tmp_path
):
    asking.agree(asked, {"phone": NEW}, people[1])
    settings.EDITIONS_DIR = tmp_path / "editions"
    before = helpline.releases.get(kind="loaded").made_at
    editions.switch(editions.write(make_edition(made=before)))
    assert shown() == NEW
    assert releases.printed()[helpline.slug].first_route.display == OLD
