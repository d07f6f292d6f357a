"""Two people, or one code twice, at one moment: see scenarios.py."""

from contextlib import contextmanager
from datetime import date

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.test import Client, override_settings
from django.test.utils import setup_test_environment, teardown_test_environment
from django_otp.plugins.otp_static.models import StaticDevice

from awareness import editing
from awareness.models import Kind, Page, Release
from safety.accounts import codes, roles
from safety.accounts.models import Entry
from safety.accounts.views.forms import OwnPasswordForm
from signposting.models import Service
from signposting.releases import take_off

from ..safety.accounts.helpers import code_of, give_app
from ..signposting.keepers import filled_in
from .random_register import PLAIN
from .scenarios import at_one_moment, changed_page


@contextmanager
def newsroom():
    """Let forms of the newsroom be opened and sent, as in a test."""
    with override_settings(**PLAIN):
        setup_test_environment()
        try:
            yield
        finally:
            teardown_test_environment()


def one_code_twice():
    """A code that somebody watched being typed, and typed at the same moment."""
    user = get_user_model().objects.create_user("coded")
    code = code_of(give_app(user))
    again = at_one_moment(lambda: codes.check(user, code), lambda: codes.check(user, code))
    assert "has been used" in getattr(again, "sentence", ""), again


def one_recovery_code_twice():
    user = get_user_model().objects.create_user("locked-out")
    device = StaticDevice.objects.create(user=user, name="Paper", confirmed=True)
    device.token_set.create(token=codes.kept("abcdefgh"))
    again = at_one_moment(
        lambda: codes.check(user, "abcdefgh"), lambda: codes.check(user, "abcdefgh")
    )
    assert "you have used it before" in getattr(again, "sentence", ""), again


def one_app_twice():
    """The second would make recovery codes anew, and those shown to the first would not work."""
    user = get_user_model().objects.create_user("new-here")
    app = codes.draft(user)
    code = code_of(app)
    again = at_one_moment(lambda: codes.confirm(app, code), lambda: codes.confirm(app, code))
    assert "There is no app" in getattr(again, "sentence", ""), again


def somebody(name, role):
    user = get_user_model().objects.create_user(name, is_staff=True)
    user.groups.add(Group.objects.get_or_create(name=role)[0])
    return user


def form_of(user, path, **typed):
    """Return what sends a form of the newsroom that somebody opened and typed this into."""
    browser = Client()
    browser.force_login(user)
    page = browser.get(path)
    data = filled_in(page.context["adminform"].form) | {"seen": page.context.get("seen", "")}
    for inline in page.context["inline_admin_formsets"]:
        for form in [inline.formset.management_form, *inline.formset.forms]:
            data |= filled_in(form)
    return lambda: browser.post(path, data | typed).content.decode()


def form_of_service(name, service):
    path = f"/admin/signposting/service/{service.pk}/change/"
    return form_of(somebody(name, roles.KEEPERS), path, access=f"Saved by {name}.")


@newsroom()
def two_keepers_at_one_form():
    service = Service.objects.get(slug="paladin")
    answer = at_one_moment(form_of_service("dora", service), form_of_service("emil", service))
    assert isinstance(answer, str), answer
    assert "Saved by emil." in answer, "what the second typed is lost"
    service.refresh_from_db()
    assert service.access == "Saved by dora.", "the second saved over the first"


@newsroom()
def one_takes_off_and_one_saves_the_form():
    """What the form does not show is saved with it, as it was when the form was opened."""
    service = Service.objects.get(slug="cyber-helpline")
    user = get_user_model().objects.create_user("fay")
    answer = at_one_moment(
        lambda: take_off(service, "It rang out.", service.alternative, user),
        form_of_service("gus", service),
    )
    service.refresh_from_db()
    assert service.access == "Saved by gus.", answer
    assert not service.is_published, "its working copy is back"


def two_add(role, path, **typed):
    """Both may have it, by what each sees: the database lets one. The other reads why not."""
    one, other = somebody(f"first at {path}", role), somebody(f"second at {path}", role)
    return at_one_moment(form_of(one, path, **typed), form_of(other, path, **typed))


@newsroom()
def two_add_one_account():
    answer = two_add(roles.MANAGERS, "/admin/auth/user/add/", username="new.person", groups=[])
    assert "A user with that username already exists." in answer, answer
    assert get_user_model().objects.filter(username="new.person").count() == 1


@newsroom()
def two_add_one_organisation():
    path = "/admin/signposting/organisation/add/"
    typed = {"name": "A new charity", "slug": "new-charity", "description": "Who they are."}
    answer = two_add(roles.KEEPERS, path, **typed)
    assert "Organisation with this Short name already exists." in answer, answer


@newsroom()
def two_add_one_page():
    answer = two_add(
        roles.EDITORS,
        "/admin/awareness/page/add/",
        kind="advice",
        slug="one-address",
        title="A page",
        summary="What it says.",
    )
    assert "Another page has this address already." in answer, answer
    assert Page.objects.filter(slug="one-address").count() == 1


def two_start_next_years_campaign():
    page = Page.objects.get(kind=Kind.CAMPAIGN)
    days = {"first_day": date(2031, 4, 21), "last_day": date(2031, 4, 25)}
    head = {"title": "Stalking week 2031", "slug": "2031", "theme": "", **days}
    second = at_one_moment(lambda: editing.copy(page, **head), lambda: editing.copy(page, **head))
    assert isinstance(second, ValidationError), repr(second)


@newsroom()
def two_managers_switch_each_other_off():
    one, other = somebody("jan", roles.MANAGERS), somebody("kai", roles.MANAGERS)

    def switches_off(who, whom):
        return form_of(who, f"/admin/auth/user/{whom.pk}/change/", is_active="", username=whom)

    answer = at_one_moment(switches_off(one, other), switches_off(other, one))
    left = get_user_model().objects.filter(pk__in=[one.pk, other.pk], is_active=True)
    assert list(left) == [one], answer


@newsroom()
def one_has_a_new_password_and_one_saves_their_account():
    """What the form does not show is saved with it."""
    manager, person = somebody("lou", roles.MANAGERS), somebody("mia", roles.EDITORS)
    path = f"/admin/auth/user/{person.pk}/change/"
    person.set_password("a new one")
    save = form_of(manager, path, first_name="Mia")
    answer = at_one_moment(lambda: person.save(update_fields=["password"]), save)
    person.refresh_from_db()
    assert person.first_name == "Mia", answer
    assert person.check_password("a new one"), "the old password is back"


def one_is_switched_off_and_has_a_new_password():
    """They left, and somebody with their link or their open screen chooses a password just then."""
    person = somebody("nell", roles.EDITORS)
    person.set_password("old")
    person.save()
    typed = {"new_password1": "four plain words together"}
    typed["new_password2"] = typed["new_password1"]
    own = OwnPasswordForm(person, typed | {"old_password": "old"})
    assert own.is_valid(), own.errors
    after = at_one_moment(lambda: switched_off(person.pk), own.save)
    person.refresh_from_db()
    assert person.check_password(typed["new_password1"]), after
    assert not person.is_active, "they can log in again"
    last = Entry.objects.filter(object_id=person.pk, action=Entry.Action.CHANGED).latest("pk")
    assert last.after == {"is_active": False}, "the trail says another thing"


def switched_off(pk):
    person = get_user_model().objects.get(pk=pk)
    person.is_active = False
    person.save()


def two_go_back_to_one_release():
    page = Page.objects.get(slug="reporting")
    first = page.releases.order_by("number").first()
    editing.publish(changed_page("reporting"), "Ann")
    last = page.releases.count()
    second = at_one_moment(
        lambda: editing.revert(first, "Ann"), lambda: editing.revert(first, "Bo")
    )
    assert getattr(second, "number", second) == last + 2, second


def one_saves_words_and_one_goes_back():
    page = Page.objects.get(slug="keeping-a-record")
    first = page.releases.order_by("number").first()

    def save():
        page.summary = "Saved at this moment."
        page.save()

    def go_back():
        return editing.revert(Release.objects.get(pk=first.pk), "Bo")

    second = at_one_moment(save, go_back)
    assert isinstance(second, Release), repr(second)
    page.refresh_from_db()
    assert page.summary == "Saved at this moment.", "the working copy went back over it"


SCENARIOS = {
    found.__name__: found
    for found in (
        one_code_twice,
        one_recovery_code_twice,
        one_app_twice,
        two_keepers_at_one_form,
        one_takes_off_and_one_saves_the_form,
        two_add_one_account,
        two_add_one_organisation,
        two_add_one_page,
        two_start_next_years_campaign,
        two_managers_switch_each_other_off,
        one_has_a_new_password_and_one_saves_their_account,
        one_is_switched_off_and_has_a_new_password,
        two_go_back_to_one_release,
        one_saves_words_and_one_goes_back,
    )
}
