"""What managers do: make people, put them into groups, help with what is lost, switch off."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core import mail
from django.test import Client
from django.utils import timezone

from safety.accounts import codes, links, roles, waiting
from safety.accounts.models import Account, Entry, StaffSession

from .conftest import PASSWORD
from .helpers import code_of, fresh, give_app, log_in, type_password

pytestmark = pytest.mark.django_db
NEW = {"new_password1": "seven green umbrellas", "new_password2": "seven green umbrellas"}


@pytest.fixture
def max_(make, on_a_server):
    user = make("max", roles.MANAGERS)
    give_app(user)
    return user


@pytest.fixture
def manager(max_):
    """A manager at work who has just given their code again."""
    return Manager(log_in(max_), max_)


class Manager:
    def __init__(self, client, user):
        self.client, self.user = client, user

    def post(self, path, **fields):
        fresh(self.user)
        return self.client.post(path, {**fields, "code-again": code_of(codes.app_of(self.user))})


@pytest.fixture
def ann(make, manager):
    user = make("ann", roles.KEEPERS, email="ann@example.org")
    give_app(user)
    Account.objects.update(set_at=timezone.now() - 30 * waiting.WAIT)
    return user


def group(*names):
    return list(Group.objects.filter(name__in=names).values_list("pk", flat=True))


def person(user, **fields):
    return {
        "username": user.username, "first_name": "", "last_name": "", "email": user.email,
        "groups": group(*roles.of(user)), "is_active": "on", **fields,
    }  # fmt: skip


def link_in(answer):
    return re.search(r"http://127\.0\.0\.1:8000(/admin/link/[^<\s]+)", answer.text)[1]


def test_managing_people_asks_for_a_code_again(max_, make):
    client = log_in(max_)
    ann = make("ann")
    for path in ("/admin/auth/user/add/", f"/admin/auth/user/{ann.pk}/link/",
                 f"/admin/auth/user/{ann.pk}/codes/", f"/admin/auth/user/{ann.pk}/sessions/",
                 f"/admin/auth/user/{ann.pk}/change/"):  # fmt: skip
        assert "Type a code" in client.post(path, {"username": "bea"}).text, path
    assert not get_user_model().objects.filter(username="bea").exists()


@pytest.mark.parametrize("meanwhile", ["switched off", "in another group"])
def test_nobody_saves_over_what_another_manager_saved_meanwhile(manager, ann, meanwhile):
    path = f"/admin/auth/user/{ann.pk}/change/"
    opened = manager.client.get(path).context["seen"]
    if meanwhile == "switched off":
        get_user_model().objects.filter(pk=ann.pk).update(is_active=False)
    else:
        ann.groups.set(group(roles.EDITORS))
    then = person(ann, groups=group(roles.KEEPERS), first_name="Ann")
    refused = manager.post(path, **then, seen=opened)
    assert "This was changed after you opened it." in refused.text
    assert 'value="Ann"' in refused.text, "what was typed is lost"
    ann.refresh_from_db()
    assert ann.first_name == ""
    again = manager.client.get(path).context["seen"]
    assert manager.post(path, **then, seen=again).status_code == 302
    ann.refresh_from_db()
    assert (ann.first_name, ann.is_active, roles.of(ann)) == ("Ann", True, [roles.KEEPERS])


@pytest.mark.long
@pytest.mark.parametrize("name", ["bea", "bea.o-neill", "Ἀθηνᾶ", "名前", "зоя"])
def test_somebody_new_chooses_their_own_password_by_a_link_that_works_once(manager, name):
    answer = manager.post("/admin/auth/user/add/", username=name, groups=group(roles.KEEPERS))
    link = link_in(answer)
    user = get_user_model().objects.exclude(username="max").get()
    assert user.is_staff
    assert not user.has_usable_password()
    assert roles.of(user) == [roles.KEEPERS]
    stranger = Client()
    assert user.username in stranger.get(link).text
    assert (
        "repeats itself"
        in stranger.post(link, {"new_password1": 15 * "a", "new_password2": 15 * "a"}).text
    )
    assert stranger.post(link, NEW)["Location"] == "/admin/login/"
    assert "does not work any more" in stranger.post(link, NEW).text
    assert (
        type_password(user.username, NEW["new_password1"]).answer["Location"]
        == "/admin/login/set-up/"
    )
    assert waiting.waits_until(user)


def test_a_link_ends_after_a_day_and_by_a_letter_changed(manager, ann, settings):
    link = links.make(ann, "handed").removeprefix("http://127.0.0.1:8000")
    assert "Choose your password" in Client().get(link).text
    for broken in (link[:-2] + "/", link.replace("handed", "mailed"), link.replace("handed", "other"),
                   "/admin/link/handed/AAAA/x-y/", "/admin/link/handed/____/x/"):  # fmt: skip
        assert "does not work any more" in Client().get(broken).text, broken
    settings.PASSWORD_RESET_TIMEOUT = -1
    assert "does not work any more" in Client().get(link).text


def test_a_keeper_with_a_link_from_a_manager_waits_and_is_told(manager, ann):
    log_in(ann)
    Client().post(link_in(manager.post(f"/admin/auth/user/{ann.pk}/link/")), NEW)
    assert "your password was set by somebody else" in waiting.why_not_agree(ann)
    ann.refresh_from_db()
    client = type_password("ann", NEW["new_password1"])
    fresh(ann)
    client.post("/admin/login/code/", {"code": code_of(codes.app_of(ann))})
    assert "Your password was set" in client.get("/admin/").text


def test_codes_taken_off_are_set_up_anew_and_begin_the_wait(manager, ann):
    hers = log_in(ann)
    manager.post(f"/admin/auth/user/{ann.pk}/codes/")
    assert hers.get("/admin/").status_code == 302
    assert type_password("ann").answer["Location"] == "/admin/login/set-up/"
    assert "your one-time codes were set up anew" in waiting.why_not_agree(ann)


def test_log_ins_of_somebody_are_ended(manager, ann):
    hers = log_in(ann)
    manager.post(f"/admin/auth/user/{ann.pk}/sessions/")
    assert hers.get("/admin/").status_code == 302
    assert not StaffSession.objects.filter(user=ann, ended_at=None).exists()


def test_who_leaves_is_switched_off_and_never_deleted(manager, ann):
    hers = log_in(ann)
    fields = person(ann)
    fields.pop("is_active")
    manager.post(f"/admin/auth/user/{ann.pk}/change/", **fields)
    assert hers.get("/admin/").status_code == 302
    assert manager.post(f"/admin/auth/user/{ann.pk}/delete/", post="yes").status_code == 403
    assert get_user_model().objects.filter(username="ann", is_active=False).exists()
    assert Entry.objects.filter(user=ann).exists()


def test_a_manager_cannot_be_a_keeper_too(manager, ann):
    both = group(roles.KEEPERS, roles.MANAGERS)
    answer = manager.post(f"/admin/auth/user/{ann.pk}/change/", **person(ann, groups=both))
    assert "not both" in answer.text
    assert roles.of(ann) == [roles.KEEPERS]


def test_nobody_gives_themselves_more_or_switches_themselves_off(manager, max_):
    fields = person(max_, groups=group(roles.EDITORS), is_superuser="on", is_staff="on")
    fields.pop("is_active")
    fields["first_name"] = "Maxine"
    manager.post(f"/admin/auth/user/{max_.pk}/change/", **fields)
    max_.refresh_from_db()
    assert max_.first_name == "Maxine"
    assert (roles.of(max_), max_.is_active, max_.is_superuser) == ([roles.MANAGERS], True, False)


def test_a_manager_does_not_touch_the_operators_account(manager):
    chief = get_user_model().objects.create_superuser("chief", password=PASSWORD)
    assert manager.post(f"/admin/auth/user/{chief.pk}/change/", **person(chief)).status_code == 403
    assert manager.post(f"/admin/auth/user/{chief.pk}/link/").status_code == 403


def test_groups_and_secrets_have_no_screen(manager):
    for path in ("auth/group/", "otp_totp/totpdevice/", "otp_static/staticdevice/"):
        assert manager.client.get(f"/admin/{path}").status_code == 404


def test_without_mail_the_page_names_what_to_ask_for_and_whom(db, settings):
    settings.SITE_CONTACT = "the web team"
    text = Client().get("/admin/lost/").text
    assert "Ask for a link to a new password" in text
    assert "the web team" in text
    assert "<form" not in text


@pytest.fixture
def mails(settings, monkeypatch):
    settings.EMAIL_URL = "memory://"
    import threading

    class Now(threading.Timer):
        def start(self):
            self.function(*self.args)

    monkeypatch.setattr("safety.accounts.mail.threading.Timer", Now)
    monkeypatch.setattr("safety.accounts.mail.connections.close_all", lambda: None)
    return mail.outbox


def test_with_mail_a_link_is_sent_that_works_once_and_begins_no_wait(ann, mails):
    text = Client().post("/admin/lost/", {"username": "ann", "lost": "mailed"}).text
    assert "If there is an account with that name" in text
    link = re.search(r"/admin/link/\S+", mails[0].body)[0]
    assert mails[0].to == ["ann@example.org"]
    Client().post(link, NEW)
    assert waiting.waits_until(ann) is None
    assert "does not work any more" in Client().get(link).text


def test_a_name_that_nobody_has_is_answered_alike_and_gets_no_mail(ann, mails):
    answers = [
        Client().post("/admin/lost/", {"username": name, "lost": "mailed"}).text
        for name in ("ann", "nobody")
    ]
    plain = [re.sub(r'value="\w{64}"', "", text) for text in answers]
    assert plain[0] == plain[1]
    assert len(mails) == 1


def test_a_lost_phone_takes_the_mail_and_the_password_and_begins_the_wait(ann, mails):
    Client().post("/admin/lost/", {"username": "ann", "lost": "code"})
    link = re.search(r"/admin/link/code/\S+", mails[0].body)[0]
    client = Client()
    assert "not the password" in client.post(link, {"password": "wrong"}).text
    assert codes.app_of(ann)
    assert client.post(link, {"password": PASSWORD})["Location"] == "/admin/login/set-up/"
    assert codes.app_of(ann) is None
    assert waiting.waits_until(ann)
    assert "does not work any more" in client.get(link).text


def test_no_more_than_ten_mails_an_hour_for_a_name(ann, mails):
    for _ in range(12):
        Client().post("/admin/lost/", {"username": "ann", "lost": "mailed"})
    assert len(mails) == 10


def test_the_operator_makes_the_first_manager_and_helps_one_who_lost_everything(groups, capsys):
    from django.core.management import CommandError, call_command

    call_command("make_manager", "max")
    first = re.search(r"/admin/link/\S+", capsys.readouterr().out)[0]
    user = get_user_model().objects.get(username="max")
    assert roles.of(user) == [roles.MANAGERS]
    assert Client().post(first, NEW).status_code == 302
    give_app(user)
    call_command("make_manager", "max")
    assert codes.app_of(user) is None
    assert "/admin/link/handed/" in capsys.readouterr().out
    get_user_model().objects.create_user("ann", is_staff=True)
    with pytest.raises(CommandError, match="no manager's"):
        call_command("make_manager", "ann")
    with pytest.raises(CommandError, match="valid username"):
        call_command("make_manager", "a b")
