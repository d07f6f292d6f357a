"""One-time codes: nobody works without one, each works once, and a wrong one says why."""

import re
import time
from urllib.parse import unquote

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.utils import timezone
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from safety.accounts import codes, roles, waiting
from safety.accounts.models import Account, Entry, LoginTry, StaffSession

from ...reading import read
from .helpers import code_of, fresh, give_app, log_in, post_with_code, type_password

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann(make, on_a_server):
    """A keeper of long standing, with an app for codes."""
    user = make("ann", roles.KEEPERS)
    give_app(user)
    Account.objects.update(set_at=timezone.now() - 30 * waiting.WAIT)
    return user


@pytest.fixture
def app(ann):
    return codes.app_of(ann)


def try_code(client, typed):
    return client.post("/admin/login/code/", {"code": typed})


def is_in(client):
    return client.get("/admin/").status_code == 200


def test_a_password_alone_opens_nothing(ann):
    client = type_password("ann")
    assert client.answer["Location"] == "/admin/login/code/"
    for path in ("/admin/", "/admin/account/", "/admin/signposting/service/"):
        assert client.get(path)["Location"].startswith("/admin/login/")


def test_nor_does_a_session_made_without_a_code(ann):
    client = Client()
    client.force_login(ann)
    assert not is_in(client)
    # On one's own machine who has set up no codes needs none; who has, does.


def test_local_log_ins_need_no_code_and_only_there(make, settings):
    user = make("ann", roles.KEEPERS)
    client = type_password("ann")
    assert client.answer["Location"] == "/admin/"
    assert is_in(client)
    settings.LOCAL = False
    assert not is_in(client)
    settings.LOCAL = True
    give_app(user)
    assert not is_in(client)


def test_password_and_code_open_the_newsroom_where_it_was_wanted(ann, app):
    client = Client()
    client.post(
        "/admin/login/",
        {"username": "ann", "password": "otters by the river 9", "next": "/admin/account/"},
    )
    assert try_code(client, code_of(app))["Location"] == "/admin/account/"
    assert is_in(client)


@pytest.mark.parametrize("typed", ["{0} {1}", " {0}{1} ", "{0}-{1}"])
def test_spaces_and_dashes_in_a_code_do_no_harm(ann, app, typed):
    code = code_of(app)
    assert try_code(type_password("ann"), typed.format(code[:3], code[3:])).status_code == 302


def test_digits_of_another_script_are_digits(ann, app):
    arabic = "".join(chr(0x660 + int(digit)) for digit in code_of(app))
    assert try_code(type_password("ann"), arabic).status_code == 302


@pytest.mark.parametrize(
    "typed", ["12345", "1234567", "abc", "١٢", "a" * 40, "½23456", "123456\u200b7"]
)
def test_a_code_of_another_length_is_told_what_a_code_is(ann, typed):
    answer = try_code(type_password("ann"), typed)
    assert answer.status_code == 200
    assert "A code has 6 digits" in answer.text


def test_no_code_and_one_that_is_far_too_long(ann):
    client = type_password("ann")
    assert "Type the code." in try_code(client, "").text
    assert "too long" in try_code(client, "1" * 5000).text
    assert try_code(client, "12\x003456").status_code == 200


def test_a_code_works_once(ann, app):
    code = code_of(app)
    assert try_code(type_password("ann"), code).status_code == 302
    answer = try_code(type_password("ann"), code)
    assert "That code has been used. Wait for your app" in answer.text


@pytest.mark.parametrize("steps", [-1, 1])
def test_a_clock_half_a_minute_wrong_is_right_enough(ann, app, steps):
    assert try_code(type_password("ann"), code_of(app, steps)).status_code == 302


@pytest.mark.parametrize("steps", [-4, -3, 3, 4])
def test_a_clock_that_is_minutes_wrong_is_told_so(ann, app, steps):
    answer = try_code(type_password("ann"), code_of(app, steps))
    assert answer.status_code == 200
    assert "the clock of your phone is wrong" in answer.text


def test_a_code_that_is_none_is_told_so_and_nothing_is_lost(ann, app):
    client = type_password("ann")
    wrong = next(f"{n:06}" for n in range(99) if not codes.is_of(app, n, 20))
    assert "That is not the code." in try_code(client, wrong).text
    assert try_code(client, code_of(app)).status_code == 302


def test_after_ten_wrong_codes_even_the_right_one_waits_but_not_where_they_have_been_before(
    ann, app
):
    own = log_in(ann)
    own.post("/admin/logout/")
    stranger = type_password("ann")
    for _ in range(LoginTry.TRIES):
        assert try_code(stranger, "00000").status_code == 200
    fresh(ann)
    assert try_code(stranger, code_of(app)).status_code == 429
    assert is_in(log_in(ann, client=own))


def test_too_long_between_password_and_code_begins_again(ann, app, monkeypatch):
    client = type_password("ann")
    later = time.time() + 11 * 60
    monkeypatch.setattr("safety.accounts.views.logins.time.time", lambda: later)
    answer = try_code(client, "123456")
    assert answer["Location"] == "/admin/login/"
    assert "Too much time went by" in client.get("/admin/login/").text


def test_a_new_password_between_the_two_ends_the_log_in(ann, app):
    client = type_password("ann")
    ann.set_password("another long password")
    ann.save()
    assert try_code(client, code_of(app))["Location"] == "/admin/login/"


def test_the_first_log_in_sets_codes_up_on_one_screen(make, on_a_server):
    user = make("bea", roles.EDITORS)
    client = type_password("bea")
    assert client.answer["Location"] == "/admin/login/set-up/"
    screen = client.get("/admin/login/set-up/")
    draft = TOTPDevice.objects.get(user=user)
    assert "<svg" in screen.text
    assert "style=" not in re.search(r"<svg.*?</svg>", screen.text, re.DOTALL)[0]
    # With no size of its own it shrinks whole; with one, a narrow page would cut it off.
    assert re.search(r"<svg[^>]* viewBox=", screen.text)
    assert codes.secret(draft) in screen.text
    assert "issuer=" in unquote(draft.config_url)
    assert not is_in(client)
    answer = client.post("/admin/login/set-up/", {"code": code_of(draft)})
    shown = re.findall(r"<code>(\w{4}-\w{4})</code>", answer.text)
    assert len(shown) == codes.RECOVERY_CODES
    assert answer["Cache-Control"] == "no-store"
    assert is_in(client)
    assert "known" in client.cookies
    # Shown once: nothing of them can be asked for again, and the database does not hold them.
    assert not set(shown) & set(re.findall(r"\w{4}-\w{4}", client.get("/admin/account/").text))
    kept = set(StaticToken.objects.values_list("token", flat=True))
    assert not kept & {code.replace("-", "") for code in shown}


def test_who_set_codes_up_with_a_password_alone_waits_a_day(make, on_a_server):
    user = make("bea", roles.KEEPERS)
    Account.objects.update(set_at=timezone.now() - 30 * waiting.WAIT)
    assert waiting.why_not_agree(user) == ""
    client = type_password("bea")
    client.get("/admin/login/set-up/")
    client.post("/admin/login/set-up/", {"code": code_of(TOTPDevice.objects.get(user=user))})
    assert "your one-time codes were set up anew" in waiting.why_not_agree(user)


def test_each_log_in_that_sets_up_has_a_secret_of_its_own(make, on_a_server):
    user = make("bea", roles.EDITORS)
    thief, owner = type_password("bea"), type_password("bea")
    thief.get("/admin/login/set-up/")
    stolen = code_of(TOTPDevice.objects.get(user=user))
    owner.get("/admin/login/set-up/")
    answer = owner.post("/admin/login/set-up/", {"code": stolen})
    assert answer.status_code == 200
    assert codes.app_of(user) is None
    # Reading the screen again keeps the secret that is in the app already.
    draft = TOTPDevice.objects.get(user=user)
    owner.get("/admin/login/set-up/")
    assert TOTPDevice.objects.get(user=user) == draft


def test_a_wrong_first_code_keeps_the_picture(make, on_a_server):
    user = make("bea", roles.EDITORS)
    client = type_password("bea")
    client.get("/admin/login/set-up/")
    answer = client.post("/admin/login/set-up/", {"code": "12"})
    assert "A code has 6 digits" in answer.text
    assert codes.secret(TOTPDevice.objects.get(user=user)) in answer.text


def test_a_recovery_code_works_once_in_place_of_a_code(ann):
    first, second = codes.new_recovery_codes(ann)[:2]
    client = type_password("ann")
    answer = try_code(client, first.upper())
    assert answer.status_code == 302
    assert is_in(client)
    assert codes.recovery_left(ann) == 9
    assert Entry.objects.filter(action=Entry.Action.RECOVERY, object_id=ann.pk).exists()
    answer = try_code(type_password("ann"), first)
    assert "you have used it before" in answer.text
    assert try_code(type_password("ann"), second).status_code == 302


def test_who_used_a_recovery_code_is_told_how_many_are_left(ann):
    code = codes.new_recovery_codes(ann)[0]
    client = type_password("ann")
    request = try_code(client, code).wsgi_request
    assert any("9 recovery codes left" in str(m) for m in get_messages(request))


def test_new_codes_end_what_was_open_with_the_old_ones(ann):
    here, there = log_in(ann), log_in(ann)
    screen = here.post("/admin/account/app/", {})
    assert "Type a code" in screen.text, "asked again first"
    fresh(ann)
    screen = here.post("/admin/account/app/", {"code-again": code_of(codes.app_of(ann))})
    draft = TOTPDevice.objects.get(user=ann, confirmed=False)
    assert codes.secret(draft) in screen.text
    answer = here.post("/admin/account/app/", {"code": code_of(draft)})
    assert "shown this once" in answer.text
    assert codes.app_of(ann) == draft
    assert is_in(here)
    assert not is_in(there)
    assert waiting.waits_until(ann) is None, "with the old code in hand it is still them"


def test_what_was_sent_is_kept_while_a_code_is_asked_for(ann):
    from django.test import RequestFactory

    from safety.accounts import again

    client = log_in(ann)
    request = RequestFactory().post("/x/?a=b", {"display": '0808 "<1>', "many": ["1", "2"]})
    request.user, request.session = ann, client.session
    screen = again.ask(request).render().content.decode()
    assert 'name="display" value="0808 &quot;&lt;1&gt;"' in screen
    assert screen.count('name="many"') == 2
    assert 'action="/x/?a=b"' in screen
    request = RequestFactory().get("/x/")
    request.user, request.session = ann, client.session
    assert again.ask(request) is None


def test_sessions_are_listed_and_ended(ann):
    firefox = "Mozilla/5.0 (Windows NT 10.0; rv:130.0) Gecko/20100101 Firefox/130.0"
    here, there = log_in(ann), log_in(ann, Client(headers={"user-agent": firefox}))
    # Its words: the drawn names in its markup may hold any three digits.
    text = read(here.get("/admin/account/")).text
    assert "Firefox on Windows" in text
    assert "130" not in text
    other = StaffSession.objects.get(browser="Firefox on Windows")
    path = f"/admin/account/sessions/{other.pk}/end/"
    assert "Type a code" in here.post(path).text
    assert is_in(there)
    post_with_code(ann, here, path)
    assert is_in(here)
    assert not is_in(there)


def test_nobody_ends_the_session_of_somebody_else(ann, make):
    bea = make("bea", roles.EDITORS)
    give_app(bea)
    hers = log_in(bea)
    session = StaffSession.objects.get(user=bea)
    answer = post_with_code(ann, log_in(ann), f"/admin/account/sessions/{session.pk}/end/")
    assert answer.status_code == 404
    assert is_in(hers)


def test_a_hundred_sessions_are_listed_and_ended_at_once(ann):
    here, there = log_in(ann), log_in(ann)
    StaffSession.objects.bulk_create(
        StaffSession(user=ann, browser=f"Browser {n}") for n in range(100)
    )
    assert here.get("/admin/account/").text.count("<tr>") == 103
    post_with_code(ann, here, "/admin/account/sessions/end/")
    assert is_in(here)
    assert not is_in(there)


def test_a_session_ends_after_eight_hours(ann):
    client = log_in(ann)
    StaffSession.objects.update(begun_at=timezone.now() - timezone.timedelta(hours=7, minutes=59))
    assert is_in(client)
    StaffSession.objects.update(begun_at=timezone.now() - timezone.timedelta(hours=8))
    assert not is_in(client)


def test_a_new_password_ends_every_other_session(ann):
    here, there = log_in(ann), log_in(ann)
    new = "seven green umbrellas"
    here.post(
        "/admin/password_change/",
        {"old_password": "otters by the river 9", "new_password1": new, "new_password2": new},
    )
    assert is_in(here)
    assert not is_in(there)
    assert "Firefox" not in here.get("/admin/account/").text
    assert StaffSession.objects.filter(user=ann, ended_at=None).count() == 1


def test_who_is_switched_off_is_out_at_once(ann):
    client = log_in(ann)
    ann.is_active = False
    ann.save()
    assert not is_in(client)
    assert type_password("ann").answer.status_code == 200


@pytest.mark.long
def test_a_change_of_password_codes_or_groups_is_said_at_the_next_log_in(ann, groups):
    from django.contrib.auth.models import Group

    log_in(ann)
    ann.refresh_from_db()
    ann.groups.add(Group.objects.get(name=roles.EDITORS))
    ann.set_password("otters by the river 9")
    ann.save()
    client = log_in(ann)
    text = client.get("/admin/").text
    assert "Your groups were changed by the operator" in text
    assert "Your password was set by the operator" in text
    assert "Your groups were changed" not in log_in(ann).get("/admin/").text
