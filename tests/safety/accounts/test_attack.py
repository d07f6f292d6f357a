"""A name under attack: strangers get ten tries an hour, its owner goes on working."""

import pytest
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.test import Client, RequestFactory

from safety.accounts import devices, links
from safety.accounts.models import Entry, LoginTry, TooManyTriesError

from .conftest import PASSWORD
from .helpers import give_app, log_in, type_password

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann(make, on_a_server):
    user = make("ann")
    give_app(user)
    return user


def guess(name, request=None):
    """Return whether a guess was looked at, or made to wait."""
    try:
        return authenticate(request, username=name, password="a guess") is None
    except TooManyTriesError:
        return False


@pytest.mark.long
def test_however_many_guesses_keep_the_owner_in_and_strangers_out(ann, every):
    guesses = 10_000 if every else 200
    own = log_in(ann)
    looked_at = 0
    for number in range(guesses):
        request = RequestFactory().post("/admin/login/", REMOTE_ADDR=f"10.0.{number % 250}.1")
        # Some bring a mark of their own making, or somebody else's.
        request.COOKIES[devices.COOKIE] = ("", "made-up", f"x:{number}:y")[number % 3]
        looked_at += guess("ann", request)
        if number % (guesses // 4) == 0:
            log_in(ann, client=own)
    assert looked_at == LoginTry.TRIES
    assert log_in(ann, client=own).get("/admin/").status_code == 200
    assert type_password("ann").answer.status_code == 429, "a browser that is new waits"
    # The attack filled neither table.
    assert LoginTry.objects.count() <= LoginTry.TRIES
    assert Entry.objects.filter(action=Entry.Action.LOGIN_FAILED).count() == LoginTry.TRIES
    assert Entry.objects.filter(action=Entry.Action.THROTTLED).count() == 1


def test_a_browser_that_is_known_has_ten_tries_of_its_own_too(ann):
    own = log_in(ann)
    own.post("/admin/logout/")
    for _ in range(LoginTry.TRIES):
        assert type_password("ann", "wrong", own).answer.status_code == 200
    assert type_password("ann", PASSWORD, own).answer.status_code == 429
    assert type_password("ann").answer.status_code == 302, "and nobody else waits for it"


def test_the_mark_of_a_browser_is_good_for_one_name_and_one_password(ann, make):
    bea = make("bea")
    give_app(bea)
    hers = log_in(bea)
    for _ in range(LoginTry.TRIES):
        guess("ann")
    assert type_password("ann", "wrong", hers).answer.status_code == 429
    own = Client()
    own.cookies[devices.COOKIE] = log_in_mark(ann)
    assert type_password("ann", "wrong", own).answer.status_code == 200
    ann.set_password("another long password")
    ann.save()
    assert type_password("ann", "wrong", own).answer.status_code == 429


def log_in_mark(user):
    from django.http import HttpResponse

    response = HttpResponse()
    devices.remember(RequestFactory().get("/"), response, user)
    return response.cookies[devices.COOKIE].value


def test_the_mark_is_kept_from_scripts_from_other_sites_and_from_readers_pages(ann):
    cookie = log_in(ann).cookies[devices.COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Strict", "/admin/")


def test_a_link_lets_its_owner_in_through_an_attack(ann):
    for _ in range(LoginTry.TRIES):
        guess("ann")
    client = Client()
    new = {"new_password1": "seven green umbrellas", "new_password2": "seven green umbrellas"}
    client.post(links.make(ann, "handed").removeprefix("http://127.0.0.1:8000"), new)
    assert type_password("ann", "seven green umbrellas", client).answer.status_code == 302


@pytest.mark.long
def test_guesses_at_the_old_password_are_counted_as_log_ins_are(ann):
    client = log_in(ann)
    form = {"old_password": "wrong", "new_password1": "x", "new_password2": "x"}
    for _ in range(LoginTry.TRIES):
        assert (
            "old password was entered incorrectly"
            in client.post("/admin/password_change/", form).text
        )
    right = {**form, "old_password": PASSWORD}
    assert "wrong too many times" in client.post("/admin/password_change/", right).text


@pytest.mark.long
def test_nobody_learns_whether_a_name_exists_by_what_is_said(ann, make):
    make("quill-7")
    make("gone", is_active=False)
    no_place = make("nobody-here")
    no_place.is_staff = False
    no_place.save()
    answers = []
    for name in ("quill-7", "gone", "nobody-here", "never-was"):
        said = []
        for _ in range(LoginTry.TRIES + 1):
            answer = Client().post("/admin/login/", {"username": name, "password": PASSWORD + "x"})
            said.append((answer.status_code, plain(answer, name), sorted(answer.cookies)))
        answers.append(said)
    assert answers[0] == answers[1] == answers[2] == answers[3]
    assert [status for status, _, _ in answers[0]] == [200] * 10 + [429]
    # Nor with the right password of an account that is switched off.
    gone = type_password("gone").answer
    assert gone.status_code == 429


def plain(answer, name):
    import re

    return re.sub(r'csrfmiddlewaretoken" value="\w+"', "", answer.text).replace(name, "NAME")


@pytest.mark.parametrize("name", ["ann\x00", "", "x" * 10_000, "名前", "‮nna", "Ａnn"])
def test_names_of_every_kind_are_answered_in_words(ann, name):
    answer = Client().post("/admin/login/", {"username": name, "password": "y"})
    assert answer.status_code == 200


BAD = {
    "repeats itself": [15 * "a", "abcabcabcabcabcabc", "1234512345123451", "aaaaaaaaaaaaaaabc"],
    "runs along": [
        "abcdefghijklmnopq",
        "qwertyuiopasdfghjkl",
        "987654321098765",
        "zyxwvutsrqponml",
    ],
    "own words": [
        "StalkingHelpAdvice1",
        "newsroom-newsroom-1",
        "police police 999",
        "127.0.0.1 stalking",
    ],
    "a common one": ["password2026!!!", "Liverpool1234567", "sunshine 11111111"],
    "too short": ["Tr0ub4dor&3"],
    "too long": [5000 * "xy7 q"],
}
GOOD = ["otters by the river 9", "correct horse battery staple", "ærø kirkegård nord", "爱在西元前的那一天晚上好冷啊我们回家",
        "trombone parsnip", "k9#vQ2!mZx7@Lp4", "my grandmother's blue bicycle", "5 otters 7 ferns 2 owls"]  # fmt: skip


@pytest.mark.parametrize("password", [word for words in BAD.values() for word in words])
def test_a_password_that_is_easy_to_guess_is_refused_with_what_to_do(db, password):
    from django.contrib.auth.password_validation import validate_password

    with pytest.raises(ValidationError) as refused:
        validate_password(password)
    assert refused.value.messages


@pytest.mark.parametrize("password", GOOD)
def test_long_passwords_of_every_script_pass_without_rules_of_composition(db, password):
    from django.contrib.auth.password_validation import validate_password

    validate_password(password)


def test_a_password_with_ones_own_name_in_it_is_refused(make):
    from django.contrib.auth.password_validation import validate_password

    with pytest.raises(ValidationError):
        validate_password("bartholomew-1234", make("bartholomew"))
