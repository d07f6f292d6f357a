"""The scenarios of the register: see scenarios.py."""

from datetime import timedelta

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from signposting import releases
from signposting.models import Check, Release, ReleaseRequest, Service

from .scenarios import at_one_moment, whole_or_not_at_all

NEW = "0808 802 0399"


def people():
    users = get_user_model().objects
    return [users.get_or_create(username=name)[0] for name in ("alice", "bob", "carol")]


def asked(slug):
    """Return what Alice asked for, and what Bob and Carol type to agree it."""
    alice, bob, carol = people()
    service = Service.objects.get(slug=slug)
    key = service.first_route.key
    return releases.ask(service, {key: NEW}, "Their own page.", alice), {key: NEW}, bob, carol


def agreeing_a_number():
    request, typed, bob, _ = asked("national-stalking-helpline")
    whole_or_not_at_all(lambda: releases.agree(request, typed, bob), "publishing.changed")
    assert Service.objects.get(slug="national-stalking-helpline").first_route.display == NEW


def taking_a_service_off():
    alice, *_ = people()
    service, other = (Service.objects.get(slug=slug) for slug in ("galop", "victim-support"))
    whole_or_not_at_all(
        lambda: releases.take_off(service, "It rang out.", other, alice), "publishing.changed"
    )


def claiming_less():
    alice, *_ = people()
    service = Service.objects.get(slug="juno")
    doubt = releases.DOUBTS[0]
    whole_or_not_at_all(
        lambda: releases.claim_less(service, alice, "A reader said so.", doubt),
        "publishing.changed",
    )


def recording_a_check():
    service, day = Service.objects.get(slug="juno"), timezone.now().date()

    def record():
        check = Check(service=service, how="confirmed", where="Manager", day=day)
        check.due = day + timedelta(90)
        check.record(service.routes.all())

    whole_or_not_at_all(record, "signposting.models.Service.save")


def two_agree_one_number():
    request, typed, bob, carol = asked("mens-advice-line")
    second = at_one_moment(
        lambda: releases.agree(request, typed, bob),
        lambda: releases.agree(request, typed, carol),
    )
    assert isinstance(second, ValidationError), f"both agreed: {second}"
    assert ReleaseRequest.objects.get(pk=request.pk).agreed_by == bob


def two_release_one_service():
    service = Service.objects.whole().get(slug="samaritans")
    last = Release.objects.filter(service=service.pk).count()

    def make():
        return releases.make(service, releases.freeze(service), Release.Kind.LOADED, "Again.")

    def committed():
        with transaction.atomic():
            return make()

    second = at_one_moment(make, committed)
    assert getattr(second, "number", second) == last + 2, second


SCENARIOS = {
    found.__name__: found
    for found in (
        agreeing_a_number,
        taking_a_service_off,
        claiming_less,
        recording_a_check,
        two_agree_one_number,
        two_release_one_service,
    )
}
