"""The scenarios of the register: see scenarios.py."""

from datetime import timedelta

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from signposting import register_actions, releases
from signposting.models import Check, NumberChange, Release, Service

from .scenarios import at_one_moment, whole_or_not_at_all

NEW = "0808 802 0399"


def people():
    users = get_user_model().objects
    return [users.get_or_create(username=name)[0] for name in ("alice", "bob", "carol")]


def asked(slug):
    alice, bob, carol = people()
    route = Service.objects.get(slug=slug).first_route
    change = register_actions.ask_for_number(route, NEW, "Their own page.", alice)
    return NumberChange.objects.get(pk=change.pk), bob, carol


def agreeing_a_number():
    change, bob, _ = asked("national-stalking-helpline")
    whole_or_not_at_all(lambda: register_actions.agree(change, NEW, bob), "publishing.changed")
    assert Service.objects.get(slug="national-stalking-helpline").first_route.display == NEW


def taking_a_service_off():
    service, other = (Service.objects.get(slug=slug) for slug in ("galop", "victim-support"))
    whole_or_not_at_all(
        lambda: register_actions.withhold(service, "It rang out.", other), "publishing.changed"
    )


def showing_a_service():
    service, other = (Service.objects.get(slug=slug) for slug in ("police-online", "police-101"))
    register_actions.withhold(service, "The page is gone.", other)
    whole_or_not_at_all(lambda: register_actions.show(service), "publishing.changed")


def recording_a_check():
    service, day = Service.objects.get(slug="juno"), timezone.now().date()

    def record():
        check = Check(service=service, how="confirmed", where="Manager", day=day)
        check.due = day + timedelta(90)
        check.record(service.routes.all())

    whole_or_not_at_all(record, "signposting.models.Service.save")


def two_agree_one_number():
    change, bob, carol = asked("mens-advice-line")
    second = at_one_moment(
        lambda: register_actions.agree(change, NEW, bob),
        lambda: register_actions.agree(change, NEW, carol),
    )
    assert isinstance(second, ValidationError), f"both agreed: {second}"
    assert NumberChange.objects.get(pk=change.pk).agreed_by == bob


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
        showing_a_service,
        recording_a_check,
        two_agree_one_number,
        two_release_one_service,
    )
}
