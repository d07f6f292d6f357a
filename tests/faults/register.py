"""The scenarios of the register: see scenarios.py."""

from contextlib import suppress
from datetime import timedelta

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from signposting import releases
from signposting.admin.csv_import import Difference, take_in
from signposting.models import Check, Closure, Release, Service
from signposting.releases import alone, asking, checking, document, making

from .random_register import random_people_in_any_order
from .scenarios import at_one_moment, whole_or_not_at_all

NEW = "0808 802 0399"


def people():
    users = get_user_model().objects
    return [users.get_or_create(username=name)[0] for name in ("alice", "bob", "carol")]


def service(slug):
    return Service.objects.whole().get(slug=slug)


def asked(slug):
    alice, bob, carol = people()
    key = service(slug).first_route.key
    request = releases.ask(service(slug), {key: NEW}, "Their own page.", alice)
    return request, {key: NEW}, bob, carol


def agreeing_a_number():
    request, typed, bob, _ = asked("national-stalking-helpline")
    whole_or_not_at_all(
        lambda: releases.agree(request, typed, bob), "signposting.models.Service.save"
    )
    assert service("national-stalking-helpline").first_route.display == NEW


def taking_a_service_off():
    other, alice = service("victim-support"), people()[0]
    whole_or_not_at_all(
        lambda: alone.take_off(service("galop"), "It rang out.", other, alice),
        "publishing.changed",
    )


def claiming_less():
    day, alice = timezone.now().date(), people()[0]

    def claim():
        closed = Closure(first_day=day, last_day=day, reason=alone.CLOSED_BECAUSE[0])
        alone.claim_less(service("juno"), alice, "They said so.", closed=closed)

    whole_or_not_at_all(claim, "signposting.models.Closure.save")


def recording_a_check():
    day, alice = timezone.now().date(), people()[0]

    def record():
        found = service("childline")
        check = Check(service=found, how="confirmed", where="Manager", day=day)
        check.due = day + timedelta(90)
        checking.record_check(check, alice, found.routes.all())

    # The claim that follows from it waits for a second person, and is its last step.
    whole_or_not_at_all(record, "signposting.models.ReleaseRequest.save")


def two_agree_one_number():
    request, typed, bob, carol = asked("mens-advice-line")
    second = at_one_moment(
        lambda: releases.agree(request, typed, bob), lambda: releases.agree(request, typed, carol)
    )
    assert isinstance(second, ValidationError), f"both agreed: {second}"
    assert asking.SETTLED in second.messages, second
    request.refresh_from_db()
    assert request.agreed_by == bob


def two_ask_for_one_service():
    key = service("galop").first_route.key

    def ask(user):
        return releases.ask(service("galop"), {key: NEW}, "Their own page.", user)

    alice, bob, _ = people()
    second = at_one_moment(lambda: ask(alice), lambda: ask(bob))
    assert isinstance(second, ValidationError), repr(second)
    assert "A change of this service waits already" in second.messages[0], second


def two_release_one_service():
    found = service("samaritans")
    last = Release.objects.filter(service=found.pk).count()

    def make():
        return making.make(found, document.freeze(found), Release.Kind.LOADED, "Again.")

    def committed():
        with transaction.atomic():
            return make()

    second = at_one_moment(make, committed)
    assert getattr(second, "number", second) == last + 2, second


def is_off(slug):
    """Whether readers have no number or address of a service, as its newest release says."""
    return not any(asking.is_usable(route) for route in content(slug)["routes"])


def content(slug):
    return releases.content_of(service(slug))[1]


def taken_off(slug, route=None):
    alice, _, _ = people()
    return alone.take_off(service(slug), "It rang out.", service("victim-support"), alice, route)


def one_takes_off_and_one_says_less():
    _, bob, _ = people()

    def say_less():
        return alone.claim_less(service("equation"), bob, "They said so.", alone.DOUBTS[0])

    second = at_one_moment(lambda: taken_off("equation"), say_less)
    assert is_off("equation"), f"back by one person's word: {second!r}"


def one_takes_off_and_one_records_a_check():
    found, day, (_, bob, _) = service("karma-nirvana"), timezone.localdate(), people()
    check = Check(service=found, how="read", where="Their page", day=day)
    check.due = day + timedelta(90)

    ways = list(found.routes.all())
    second = at_one_moment(
        lambda: taken_off("karma-nirvana"), lambda: checking.record_check(check, bob, ways)
    )
    assert is_off("karma-nirvana"), f"back by a check: {second!r}"
    found = service("karma-nirvana")
    assert not found.is_published, "its working copy is back"
    assert all(way.held_because for way in found.routes.all()), "a way of it is back"


def two_take_off_two_routes():
    slug = "respect-phoneline"
    (first, other, *_), _ = usable(slug), people()
    routes = {route.key: route for route in service(slug).routes.all()}
    second = at_one_moment(
        lambda: taken_off(slug, routes[first]), lambda: taken_off(slug, routes[other])
    )
    assert not {first, other} & set(usable(slug)), f"one of two is back: {second!r}"


def usable(slug):
    return [route["key"] for route in content(slug)["routes"] if asking.is_usable(route)]


def one_takes_off_and_one_agrees():
    request, typed, bob, _ = asked("revenge-porn-helpline")
    second = at_one_moment(
        lambda: taken_off("revenge-porn-helpline"), lambda: releases.agree(request, typed, bob)
    )
    assert isinstance(second, ValidationError), repr(second)
    assert is_off("revenge-porn-helpline"), "back by what was asked before"


def one_agrees_and_one_takes_off():
    request, typed, bob, _ = asked("rape-crisis")
    second = at_one_moment(
        lambda: releases.agree(request, typed, bob), lambda: taken_off("rape-crisis")
    )
    assert isinstance(second, Release), repr(second)
    assert is_off("rape-crisis"), "back"


def one_takes_off_while_one_agrees():
    """Neither holds what the other waits for, or PostgreSQL would end one of them."""
    for slug, step in (("nsas-men", "compare"), ("samaritans", "locked")):
        request, typed, bob, _ = asked(slug)
        second = at_one_moment(
            lambda: try_to_agree(request, typed, bob),  # noqa: B023 called at once
            lambda: taken_off(slug),  # noqa: B023
            at=f"signposting.releases.asking.{step}",
        )
        assert isinstance(second, Release), repr(second)
        assert is_off(slug), "back"


def try_to_agree(request, typed, user):
    with suppress(ValidationError):
        releases.agree(request, typed, user)


def one_drops_and_one_agrees():
    request, typed, bob, _ = asked("nsas-women")
    second = at_one_moment(
        lambda: asking.drop(request), lambda: releases.agree(request, typed, bob)
    )
    assert asking.SETTLED in getattr(second, "messages", ()), repr(second)


def one_says_less_and_one_takes_in_a_file():
    found, (alice, bob, _) = service("ceop-education"), people()
    row = Difference(found, "access", "", "By day.", field="access")

    second = at_one_moment(
        lambda: alone.claim_less(found, alice, "They said so.", alone.DOUBTS[0]),
        lambda: take_in([row], "A file.", bob),
    )
    assert second == ([found], []), second
    assert alone.DOUBTS[0] in service("ceop-education").doubt, "its working copy claims more again"


def one_takes_off_and_one_asks():
    key, (_, bob, _) = service("victim-care").first_route.key, people()

    def ask():
        return releases.ask(service("victim-care"), {key: NEW}, "Their own page.", bob)

    second = at_one_moment(lambda: taken_off("victim-care"), ask)
    assert is_off("victim-care"), repr(second)
    back = [route["key"] for route in second.content["routes"] if asking.is_usable(route)]
    assert back == [key], "more is asked for than was typed"


SCENARIOS = {
    found.__name__: found
    for found in (
        agreeing_a_number,
        taking_a_service_off,
        claiming_less,
        recording_a_check,
        two_agree_one_number,
        two_ask_for_one_service,
        two_release_one_service,
        one_takes_off_and_one_says_less,
        one_takes_off_and_one_records_a_check,
        two_take_off_two_routes,
        one_takes_off_and_one_agrees,
        one_agrees_and_one_takes_off,
        one_takes_off_while_one_agrees,
        one_drops_and_one_agrees,
        one_says_less_and_one_takes_in_a_file,
        one_takes_off_and_one_asks,
        random_people_in_any_order,
    )
}
