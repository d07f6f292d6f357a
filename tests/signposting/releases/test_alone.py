"""What one person does alone: in the working copies of keepers, to this service and to no other."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from signposting.models import Closure, Organisation, ReleaseRequest, Route, Service
from signposting.releases import alone, asking, document, in_force
from tests.register import agree_all

WHY = "It rang out."


@pytest.fixture
def alice(register):
    return get_user_model().objects.create_user("alice", is_staff=True)


@pytest.fixture
def juno(register):
    return register.get(slug="juno")


@pytest.fixture
def two_ways(register):
    """A service with a number and a website, both of which readers have."""
    service = register.get(slug="equation")
    assert [route.key for route in service.routes.all() if route.is_usable] == ["phone", "web"]
    return service


def held():
    """Return route -> why it is held back, of every one that is."""
    return {
        f"{route.service.slug} {route.key}": route.held_because
        for route in Route.objects.exclude(held_because="").select_related("service")
    }


def statuses():
    return dict(Service.objects.values_list("slug", "status"))


def refused(change, service, user):
    with pytest.raises(ValidationError) as refusal, transaction.atomic():
        alone.release_alone(service, user, WHY, change)
    return refusal.value.messages == [alone.NOT_ALONE]


def test_one_way_that_is_taken_off_is_held_back_and_nothing_else(alice, juno, two_ways):
    was, before = statuses(), held()
    alone.take_off(two_ways, WHY, juno, alice, two_ways.routes.get(key="web"))
    assert held() == before | {"equation web": WHY}
    assert statuses() == was
    printed = {route.key: route for route in in_force()["equation"].routes.all()}
    assert not printed["web"].is_usable
    assert printed["phone"].is_usable


def test_the_last_way_that_readers_can_use_takes_the_service_along(alice, juno, two_ways):
    phone, web = two_ways.routes.order_by("key")
    alone.take_off(two_ways, WHY, juno, alice, web)
    assert in_force()["equation"].is_published
    alone.take_off(two_ways, "It hung up.", juno, alice, phone)
    printed = in_force()["equation"]
    assert not printed.is_published
    assert printed.alternative.slug == "juno"
    two_ways.refresh_from_db()
    assert (two_ways.status, two_ways.withheld_because) == ("withheld", "It hung up.")


def test_a_service_that_is_taken_off_is_withheld_with_all_its_ways_and_no_other_is(
    alice, juno, two_ways
):
    Route.objects.create(service=two_ways, key="desk", kind="in-person", words="Ask for us.")
    Route.objects.create(
        service=two_ways, key="old", kind="email", address="a@equation.org.uk", held_because="Old."
    )
    was, before = statuses(), held()
    release = alone.take_off(two_ways, WHY, juno, alice)
    assert release == two_ways.releases.first()
    assert statuses() == was | {"equation": "withheld"}
    two_ways.refresh_from_db()
    assert two_ways.withheld_because == WHY
    assert two_ways.alternative == juno
    # What has neither number nor address has nothing to hold; an older reason is kept.
    assert held() == before | {"equation phone": WHY, "equation web": WHY}


def test_what_waits_for_another_service_goes_on_waiting(alice, juno, two_ways, helpline):
    for service in (two_ways, helpline):
        Service.objects.filter(pk=service.pk).update(access="Ask for an interpreter.")
        asking.ask(service, {}, WHY, alice)
    alone.take_off(two_ways, WHY, juno, alice)
    assert [each.service for each in ReleaseRequest.objects.waiting()] == [helpline]


@pytest.mark.parametrize("website", ["https://Equation.org.uk/", "https://equation.org.uk"])
def test_the_same_address_goes_as_the_website_of_who_runs_it(alice, juno, two_ways, website):
    Organisation.objects.filter(pk=two_ways.organisation_id).update(website=website)
    agree_all()
    assert in_force()["equation"].organisation.website == website
    alone.take_off(two_ways, WHY, juno, alice, two_ways.routes.get(key="web"))
    assert in_force()["equation"].organisation.website == ""


def test_another_website_of_who_runs_it_stays(alice, juno, two_ways):
    website = "https://equation.org.uk/men"
    Organisation.objects.filter(pk=two_ways.organisation_id).update(website=website)
    agree_all()
    alone.take_off(two_ways, WHY, juno, alice, two_ways.routes.get(key="web"))
    assert in_force()["equation"].organisation.website == website


def test_a_doubt_and_hours_that_nobody_knows_are_of_one_service_alone(alice, two_ways, helpline):
    def hours():
        return {(r.service.slug, r.key): r.hours for r in Route.objects.select_related("service")}

    said = dict(Service.objects.values_list("slug", "doubt"))
    sure = dict(Service.objects.values_list("slug", "confidence"))
    was, doubt = hours(), alone.DOUBTS[1]
    assert said[helpline.slug] == ""
    assert sure[helpline.slug] != "open"
    unknown = [helpline.routes.get(key="phone")]
    release = alone.claim_less(helpline, alice, WHY, doubt=doubt, unknown=unknown)
    assert release == helpline.releases.first()
    assert dict(Service.objects.values_list("slug", "doubt")) == said | {helpline.slug: doubt}
    assert dict(Service.objects.values_list("slug", "confidence")) == sure | {helpline.slug: "open"}
    assert hours() == was | {(helpline.slug, "phone"): "unknown"}
    printed = in_force()[helpline.slug]
    assert (printed.doubt, printed.confidence) == (doubt, "open")


def test_a_second_doubt_stands_after_the_first(alice, helpline):
    for doubt in alone.DOUBTS[:2]:
        helpline.refresh_from_db()
        alone.claim_less(helpline, alice, WHY, doubt=doubt)
    both = " ".join(alone.DOUBTS[:2])
    assert in_force()[helpline.slug].doubt == both
    assert Service.objects.get(pk=helpline.pk).doubt == both


def test_days_in_the_wrong_order_are_refused_in_a_sentence(alice, helpline):
    day = timezone.localdate()
    closed = Closure(first_day=day, last_day=day - timedelta(1), reason=alone.CLOSED_BECAUSE[1])
    before = helpline.releases.count()
    with pytest.raises(ValidationError, match="it is before the first day"), transaction.atomic():
        alone.claim_less(helpline, alice, WHY, closed=closed)
    assert helpline.releases.count() == before
    assert not Closure.objects.exists()


def test_what_is_closed_is_opened_again_by_nobody_alone(alice, helpline):
    day = timezone.localdate()
    closed = Closure(first_day=day, last_day=day, reason=alone.CLOSED_BECAUSE[1])
    alone.claim_less(helpline, alice, WHY, closed=closed)
    assert refused(lambda content: content["routes"][0].update(closures=[]), helpline, alice)


@pytest.mark.parametrize(
    "change",
    [
        lambda content: content["check"].update(how="confirmed"),
        lambda content: content["service"].update(status="withheld"),
        lambda content: content["organisation"].update(website="https://example.org/"),
        lambda content: content["routes"][0].update(hours_confidence="rule"),
        lambda content: content["routes"].pop(),
        lambda content: content["service"].update(doubt=alone.DOUBTS[0], confidence="rule"),
    ],
    ids=["told", "half off", "website", "sure of hours", "fewer ways", "sure with a doubt"],
)
def test_what_only_looks_like_less_is_refused(alice, helpline, change):
    assert refused(change, helpline, alice)


@pytest.mark.parametrize(
    "change",
    [
        lambda content: content["service"].update(doubt=alone.DOUBTS[0]),
        lambda content: content["routes"][0].update(hours="unknown"),
        lambda content: content["routes"][0].update(hours_confidence="open"),
        lambda content: content["service"].update(in_question=True),
        lambda content: content.update(document.taken_off(content)),
    ],
    ids=["doubt", "hours", "unsure of hours", "in question", "off"],
)
def test_less_is_released_at_once(alice, helpline, change):
    release = alone.release_alone(helpline, alice, WHY, change)
    assert (release.kind, release.asked_by, release.agreed_by) == ("alone", alice, None)
    assert release.reason == WHY


def told(hours_check, confidence, how="confirmed"):
    route = {"key": "phone", "hours_check": hours_check, "hours_confidence": confidence}
    return alone.told({"check": {"id": 7, "how": how}, "routes": [route]})


def test_what_a_service_told_us_is_what_its_last_check_says():
    assert told(7, "confirmed") == {"all of it", "phone"}
    assert told(6, "confirmed") == told(7, "two") == {"all of it"}
    assert told(7, "confirmed", how="read") == set()
    assert alone.told({"check": None, "routes": []}) == set()
