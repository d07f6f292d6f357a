"""What editors and keepers settle beside pages and services, failing halfway: see scenarios.py."""

from datetime import timedelta

from cookie_consent.models import CookieGroup
from django.contrib.auth import get_user_model
from django.db import transaction
from django.forms.models import model_to_dict
from django.utils import timezone

from awareness import editing
from awareness.models import Release
from cookies import content as cookies
from safety.accounts import codes
from safety.identity.admin.owners import AgreeForm, AskForm
from safety.identity.models import Look, Owner, UrgentNotice
from safety.identity.two_people import SETTLED, WAITS
from signposting import headings
from signposting.admin import link_hosts
from signposting.models import Area, HeadingsRelease, LinkHost

from ..safety.accounts.helpers import code_of, give_app
from .scenarios import at_one_moment, changed_page, page_of, whole_or_not_at_all

HELD = "publishing.changed"


def person(name="alice"):
    return get_user_model().objects.get_or_create(username=name)[0]


def waiting_release(slug):
    begins = timezone.now() + timedelta(days=1)
    return editing.publish(changed_page(slug), "Ann", live_from=begins)


def moving_a_release():
    release = waiting_release("reporting")
    later = release.live_from + timedelta(days=1)
    # After the one that waited is cancelled, before another takes its place.
    whole_or_not_at_all(
        lambda: editing.move(Release.objects.get(pk=release.pk), "Ann", live_from=later), HELD, 1
    )


def two_move_one_release():
    release = waiting_release("clinic")
    days = [release.live_from + timedelta(days=n) for n in (1, 2)]

    def move(day):
        return editing.move(Release.objects.get(pk=release.pk), "Ann", live_from=day)

    at_one_moment(lambda: move(days[0]), lambda: move(days[1]))
    found = page_of("clinic").releases.waiting(timezone.now())
    assert [each.live_from for each in found] == days[:1], "both of them wait"


def copying_a_page():
    page = page_of("reporting")
    head = {"slug": "another", "title": "Another"}
    whole_or_not_at_all(lambda: editing.copy(page, **head), "awareness.models.Text.save")


def agreeing_a_site_to_link_to():
    host = LinkHost.objects.create(address="www.new.example", asked_by=person())
    bob = person("bob")
    whole_or_not_at_all(lambda: host.agree(bob), HELD)


def taking_a_site_to_link_to_off():
    # One to which no page links: a page that does would hold up whatever comes after.
    host = LinkHost.objects.create(address="www.old.example", asked_by=person())
    host.agree(person("bob"))
    whole_or_not_at_all(host.take_off, HELD)


def sent(form, data, instance=None):
    """Save a form of a site to link to; return what is wrong with it, or ""."""
    form = type("Form", (form,), {"user": person("carol")})
    with transaction.atomic():
        made = form(data, instance=instance)
        if not made.errors:
            made.save()
        return made.errors.as_text()


def two_ask_for_one_site():
    def ask():
        return sent(link_hosts.AskForm, {"address": "www.twice.example"})

    second = at_one_moment(ask, ask)
    assert "This site is agreed, or waits for a second person." in str(second), repr(second)


def one_takes_a_site_off_and_one_agrees():
    host = LinkHost.objects.create(address="www.both.example", asked_by=person())

    def agree():
        stale = LinkHost.objects.get(pk=host.pk)
        return sent(link_hosts.AgreeForm, {"again": "www.both.example"}, stale)

    second = at_one_moment(host.take_off, agree)
    assert SETTLED in str(second), f"agreed though it was taken off: {second!r}"


def one_agrees_a_site_and_one_takes_it_off():
    host = LinkHost.objects.create(address="www.other.example", asked_by=person())
    stale = LinkHost.objects.get(pk=host.pk)
    at_one_moment(lambda: host.agree(person("bob")), stale.take_off)
    assert host.pk in [each.pk for each in LinkHost.objects.off()], "nobody is told of its links"


def asked_owner():
    owner = Owner(
        organisation="A charity",
        exit_url="https://www.example.org/",
        reason="They are.",
        asked_by=person(),
    )
    owner.save()
    return owner


def agreeing_who_runs_the_site():
    owner, bob = asked_owner(), person("bob")
    whole_or_not_at_all(lambda: owner.agree(bob), HELD)


def taking_who_runs_the_site_off():
    # What waits is dropped first.
    alice = asked_owner().asked_by
    whole_or_not_at_all(lambda: Owner.take_off(alice, "It was hijacked."), HELD)


def two_ask_who_runs_the_site():
    form = type("Form", (AskForm,), {"user": person()})
    said = model_to_dict(Owner.objects.in_force())
    said |= {"organisation": "Another charity", "reason": "They are."}

    def ask():
        with transaction.atomic():
            asked = form(said)
            return asked.errors.as_text() if asked.errors else asked.save()

    second = at_one_moment(ask, ask)
    for waiting in Owner.objects.waiting():
        waiting.drop()
    assert WAITS in str(second), repr(second)


def two_settle_one_change():
    owner = asked_owner()

    def drop():
        with transaction.atomic():
            form = AgreeForm({"drop": "on"}, instance=Owner.objects.get(pk=owner.pk))
            return form.errors.as_text()

    second = at_one_moment(lambda: owner.agree(person("bob")), drop)
    assert SETTLED in str(second), f"what was agreed is dropped: {second!r}"


def putting_a_look_in_force():
    alice = person()
    whole_or_not_at_all(lambda: Look().put_in_force(alice), HELD)


def saying_something_urgent():
    ends = timezone.now() + timedelta(hours=1)
    whole_or_not_at_all(
        lambda: UrgentNotice(words="The lines are down.", ends_at=ends).save(), HELD
    )


def agreeing_areas_and_groups():
    area, bob = Area.objects.first(), person("bob")
    area.name += " and more"
    area.save()
    content = headings.as_rows(headings.typed())
    asked = HeadingsRelease.objects.create(content=content, reason="So.", asked_by=person())
    whole_or_not_at_all(lambda: asked.agree(bob), HELD)


def giving_new_recovery_codes():
    user = person()
    codes.new_recovery_codes(user)
    # Between: the old ones are gone, and there are no new ones yet.
    whole_or_not_at_all(lambda: codes.new_recovery_codes(user), "safety.accounts.codes.kept")


def setting_up_another_app():
    user = person("ben")
    give_app(user)
    new = codes.draft(user)
    # Between: its code is used up and the one before is gone, and it is not theirs yet.
    whole_or_not_at_all(
        lambda: codes.confirm(new, code_of(new)),
        "django_otp.plugins.otp_totp.models.TOTPDevice.save",
        after=1,
    )


def taking_an_app_off():
    user = person("cara")
    give_app(user)
    codes.new_recovery_codes(user)
    whole_or_not_at_all(
        lambda: codes.take_off(user), "safety.accounts.codes.StaticDevice.objects.filter"
    )


def loading_what_is_asked():
    CookieGroup.objects.update(description="As an earlier version had it.")
    whole_or_not_at_all(cookies.load, "cookies.content.let_editors_look")


SCENARIOS = {
    found.__name__: found
    for found in (
        moving_a_release,
        copying_a_page,
        agreeing_a_site_to_link_to,
        taking_a_site_to_link_to_off,
        agreeing_who_runs_the_site,
        taking_who_runs_the_site_off,
        putting_a_look_in_force,
        saying_something_urgent,
        agreeing_areas_and_groups,
        giving_new_recovery_codes,
        setting_up_another_app,
        taking_an_app_off,
        loading_what_is_asked,
        two_move_one_release,
        two_settle_one_change,
        two_ask_who_runs_the_site,
        two_ask_for_one_site,
        one_takes_a_site_off_and_one_agrees,
        one_agrees_a_site_and_one_takes_it_off,
    )
}
