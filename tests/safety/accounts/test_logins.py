"""Nobody tries passwords without end, and nobody learns which names there are."""

from datetime import timedelta

import pytest
from django.contrib.auth import authenticate, get_user_model
from django.test import Client

from safety.accounts.models import LoginTry, TooManyTriesError
from safety.error_pages import words

pytestmark = pytest.mark.django_db

RIGHT = "a long enough password"


@pytest.fixture(autouse=True)
def fast(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def robin():
    return get_user_model().objects.create_user("robin", password=RIGHT, is_staff=True)


def log_in(name, password):
    return Client().post("/admin/login/", {"username": name, "password": password})


def fail(name="robin", times=LoginTry.TRIES):
    for _ in range(times):
        assert log_in(name, "wrong").status_code == 200


def test_after_ten_wrong_passwords_even_the_right_one_has_to_wait(robin):
    fail()
    response = log_in("robin", RIGHT)
    assert response.status_code == 429
    assert response["Retry-After"] == "3600"
    assert response["Cache-Control"] == "no-store"
    assert words.ERRORS["log-in"].title in response.text
    assert 'id="emergency"' in response.text
    assert "sessionid" not in response.cookies


def test_nine_wrong_passwords_and_then_the_right_one_begin_anew(robin):
    fail(times=LoginTry.TRIES - 1)
    assert log_in("robin", RIGHT).status_code == 302
    assert not LoginTry.objects.exists()
    fail()


def test_after_an_hour_there_are_tries_again(robin):
    fail()
    for try_ in LoginTry.objects.all():
        LoginTry.objects.filter(pk=try_.pk).update(at=try_.at - LoginTry.WINDOW)
    assert log_in("robin", RIGHT).status_code == 302


@pytest.mark.parametrize("years", [-20, 20])
def test_a_clock_that_was_wrong_shuts_nobody_out(robin, years):
    fail()
    for try_ in LoginTry.objects.all():
        LoginTry.objects.filter(pk=try_.pk).update(at=try_.at + timedelta(days=365 * years))
    assert log_in("robin", RIGHT).status_code == 302
    assert not LoginTry.objects.exists()


def test_trying_on_does_not_make_the_wait_longer_or_the_table_larger(robin):
    fail()
    for _ in range(5):
        assert log_in("robin", "wrong").status_code == 429
    assert LoginTry.objects.count() == LoginTry.TRIES


@pytest.mark.long
@pytest.mark.parametrize("name", ["robin ", " robin", "ｒobin"])
def test_another_spelling_of_the_name_is_the_same_name(robin, name):
    fail()
    assert log_in(name, "wrong").status_code == 429


def test_a_name_that_nobody_has_is_treated_alike(robin):
    fail("nobody")
    assert log_in("nobody", "wrong").status_code == 429
    assert log_in("robin", RIGHT).status_code == 302, "and shuts nobody else out"


def test_a_name_is_not_kept(robin):
    fail("canary-7f3a")
    assert "canary" not in str(list(LoginTry.objects.values()))


def test_who_is_logged_in_already_goes_on_working(robin):
    client = Client()
    client.force_login(robin)
    fail()
    assert client.get("/admin/").status_code == 200


def test_every_way_in_counts(robin):
    for _ in range(LoginTry.TRIES):
        assert authenticate(username="robin", password="wrong") is None
    with pytest.raises(TooManyTriesError):
        authenticate(username="robin", password=RIGHT)
