"""A keeper whom somebody else could have made or taken over waits a day before they agree."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db.models import ProtectedError
from django.test import RequestFactory
from django.utils import timezone

from safety.accounts import acting, roles, waiting
from safety.accounts.models import Account

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper(make, on_a_server):
    """A keeper who has been one for long."""
    user = make("ann", roles.KEEPERS)
    Account.objects.update(set_at=timezone.now() - 30 * waiting.WAIT)
    return user


def as_(user):
    request = RequestFactory().get("/admin/")
    request.user = user
    return acting.at_work(request)


def test_who_is_new_waits_a_day_and_is_told_until_when_and_why(make, on_a_server):
    before = timezone.now()
    user = make("ann", roles.KEEPERS)
    until = waiting.waits_until(user)
    assert before + waiting.WAIT <= until <= timezone.now() + waiting.WAIT
    assert "because your account is new" in waiting.why_not_agree(user)
    assert waiting.in_words(until) in waiting.why_not_agree(user)
    assert waiting.why_not_ask(user) == ""
    assert waiting.why_not_agree(user, until) == ""


def test_who_has_been_a_keeper_for_long_does_not_wait(keeper):
    assert waiting.waits_until(keeper) is None
    assert waiting.why_not_agree(keeper) == ""


def test_who_is_put_into_a_group_waits(make, keeper):
    editor = make("ed", roles.EDITORS)
    Account.objects.update(set_at=timezone.now() - 30 * waiting.WAIT)
    assert waiting.why_not_agree(editor) == ""
    editor.groups.add(Group.objects.get(name=roles.KEEPERS))
    assert "your groups were changed" in waiting.why_not_agree(editor)
    # From the other side of the relation too, and when a group is taken away.
    Group.objects.get(name=roles.KEEPERS).user_set.remove(keeper)
    assert "your groups were changed" in waiting.why_not_agree(keeper)


def test_saving_the_same_groups_again_changes_nothing(keeper):
    keeper.groups.set(keeper.groups.all())
    assert waiting.why_not_agree(keeper) == ""


def test_who_has_a_password_set_by_somebody_else_waits(make, keeper):
    keeper.set_password("a password of the manager's")
    with as_(make("max", roles.MANAGERS)):
        keeper.save()
    assert "your password was set by somebody else" in waiting.why_not_agree(keeper)


def test_a_password_set_by_a_command_counts_as_somebody_elses(keeper):
    keeper.set_password("a password of the operator's")
    keeper.save()
    assert waiting.waits_until(keeper)


def test_who_sets_their_own_password_does_not_wait(keeper):
    keeper.set_password("a password of my own")
    with as_(keeper):
        keeper.save()
    assert waiting.waits_until(keeper) is None


def test_a_log_in_that_hashes_the_password_anew_is_no_change(keeper, settings):
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
        *settings.PASSWORD_HASHERS,
    ]
    before = keeper.password
    assert keeper.check_password("otters by the river 9")
    assert keeper.password != before
    assert waiting.waits_until(keeper) is None


def test_before_a_site_has_been_prepared_nobody_waits(make, settings):
    settings.LOCAL = False
    assert waiting.waits_until(make("ann", roles.KEEPERS)) is None


def test_nobody_waits_on_ones_own_machine(make, on_a_server, settings):
    user = make("ann", roles.KEEPERS)
    assert waiting.waits_until(user)
    settings.LOCAL = True
    assert waiting.waits_until(user) is None


def test_a_clock_that_was_wrong_for_years_keeps_nobody_waiting(keeper):
    Account.objects.update(set_at=timezone.now() + timedelta(days=3650))
    assert waiting.waits_until(keeper) is None


@pytest.mark.parametrize("local", [True, False])
def test_who_manages_accounts_neither_asks_nor_agrees(make, on_a_server, settings, local):
    settings.LOCAL = local
    both = make("max", roles.MANAGERS, roles.KEEPERS)
    chief = get_user_model().objects.create_superuser("chief")
    Account.objects.update(set_at=timezone.now() - 30 * waiting.WAIT)
    for user in (both, chief):
        assert "people's accounts" in waiting.why_not_agree(user)
        assert "people's accounts" in waiting.why_not_ask(user)


def test_an_account_is_never_deleted(make):
    user = make("ann", roles.WRITERS)
    with pytest.raises(ProtectedError):
        user.delete()
    assert get_user_model().objects.filter(username="ann").exists()


@pytest.mark.long
def test_the_groups_say_what_a_site_needs(groups):
    call_command("load_content", verbosity=0)

    def may(name):
        return set(Group.objects.get(name=name).permissions.values_list("codename", flat=True))

    assert {"add_page", "change_page", "add_quotation"} <= may(roles.WRITERS)
    assert not {"publish_page", "delete_page", "change_service"} & may(roles.WRITERS)
    assert may(roles.WRITERS) < may(roles.EDITORS)
    assert not {"change_service", "change_user"} & may(roles.EDITORS)
    assert not {"change_page", "change_user"} & may(roles.KEEPERS)
    assert {"add_user", "change_user", "view_entry"} <= may(roles.MANAGERS)
    assert not {name for name in may(roles.MANAGERS) if "page" in name or "service" in name}
    assert not {name for name in may(roles.MANAGERS) if name.startswith("delete")}


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ((2026, 11, 26, 0, 5), "12:05am on Thursday 26 November 2026"),
        ((2026, 11, 26, 9, 0), "9am on Thursday 26 November 2026"),
        ((2026, 11, 26, 12, 0), "12pm on Thursday 26 November 2026"),
        ((2026, 7, 1, 22, 30), "11:30pm on Wednesday 1 July 2026"),
        ((2026, 7, 1, 23, 0), "12am on Thursday 2 July 2026"),
    ],
)
def test_the_wait_is_told_by_the_clock_on_the_wall(moment, words):
    assert waiting.in_words(datetime(*moment, tzinfo=UTC)) == words


def test_who_waits_is_told_on_every_screen_and_a_manager_who_never_may_is_not(make, on_a_server):
    ann, max_ = make("ann", roles.KEEPERS), make("max", roles.MANAGERS, roles.KEEPERS)
    assert waiting.told(ann, [roles.KEEPERS]) == waiting.why_not_agree(ann) != ""
    assert waiting.told(ann, [roles.WRITERS]) == ""
    assert waiting.told(max_, [roles.MANAGERS, roles.KEEPERS]) == ""


@pytest.mark.parametrize(("later", "is_new"), [(timedelta(0), False), (timedelta(seconds=1), True)])
def test_an_account_is_new_for_a_day(make, on_a_server, monkeypatch, later, is_new):
    user = make("ann", roles.KEEPERS)
    made = Account.objects.get(user=user).set_at
    monkeypatch.setattr(waiting.timezone, "now", lambda: made + waiting.WAIT - later)
    waiting.begin(user, Account.Set.GROUPS)
    found = Account.objects.get(user=user)
    assert found.set_what == (Account.Set.NEW if is_new else Account.Set.GROUPS)
    assert found.set_at == made + waiting.WAIT - later
