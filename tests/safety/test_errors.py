"""Every error page helps: the card, the way back, the exit, in plain words.

No database is allowed in this file, so every page here is made without one.
"""

import re

import pytest
from django.conf import settings
from django.test import Client, override_settings
from django.utils import timezone
from django.utils.html import strip_tags

from safety.error_pages import plain, styled, words
from safety.headers import security_headers

# How to meet each error: method, path, status, and the name of its words.
WAYS = [
    ("get", "/400/", 400, 400),
    ("get", "/403/", 403, 403),
    ("get", "/404/", 404, 404),
    ("get", "/no-such-page/", 404, 404),
    ("post", "/405/", 405, 405),
    ("post", "/page/", 405, 405),
    ("put", "/page/", 405, 405),
    ("get", "/410/", 410, 410),
    ("post", "/413/", 413, 413),
    ("get", "/414/", 414, 414),
    ("get", "/429/", 429, 429),
    ("get", "/431/", 431, 431),
    ("get", "/500/", 500, 500),
    ("get", "/503/", 503, 503),
    ("post", "/same-origin/", 403, "same-origin"),
    ("get", "/log-in/", 429, "log-in"),
    ("post", "/admin/login/", 403, "csrf"),
]
NAMES = list(words.ERRORS)
JARGON = re.compile(
    r"\b(error|http|forbidden|csrf|token|server|request|method|invalid|4\d\d|5\d\d|null|"
    r"exception|cross-site|browser cache|denied|unauthori[sz]ed)\b",
    re.IGNORECASE,
)


@pytest.fixture(params=["whole", "a broken template", "no templates"])
def templates(request, tmp_path):
    """The templates as they are, with a mistake in the one all pages share, and gone."""
    if request.param == "whole":
        yield
        return
    if request.param == "a broken template":
        (tmp_path / "base.html").write_text("{% nonsense %}")
    folders = [str(tmp_path), *settings.TEMPLATES[0]["DIRS"]]
    broken = {**settings.TEMPLATES[0], "DIRS": folders if list(tmp_path.iterdir()) else []}
    with override_settings(TEMPLATES=[broken]):
        yield


def assert_helps(text, name):
    assert f"<h1>{words.ERRORS[name].title}</h1>" in text
    assert 'id="emergency"' in text
    assert 'href="tel:999"' in text
    assert 'class="exit" href="/leave/"' in text
    assert 'href="/help/"' in text
    assert 'href="/"' in text
    assert "canary" not in text
    assert "Traceback" not in text


@pytest.mark.long
@pytest.mark.urls("tests.safety.failing")
@pytest.mark.parametrize(("method", "path", "status", "name"), WAYS)
def test_every_error_of_djangos_helps(templates, method, path, status, name):
    client = Client(raise_request_exception=False, enforce_csrf_checks=True)
    response = getattr(client, method)(path)
    assert response.status_code == status
    assert response["Content-Type"] == "text/html; charset=utf-8"
    assert response["Cache-Control"] == "no-store"
    assert_helps(response.content.decode(), name)


@pytest.mark.urls("tests.safety.failing")
@pytest.mark.parametrize(("method", "path", "status", "name"), WAYS[:-1])
def test_every_error_of_open_data_is_json_that_other_sites_can_read(method, path, status, name):
    client = Client(raise_request_exception=False, enforce_csrf_checks=True)
    response = getattr(client, method)(f"/api{path}")
    assert (response.status_code, response["Content-Type"]) == (status, "application/json")
    assert response["Cache-Control"] == "no-store"
    for header, value in security_headers("data").items():
        assert response[header] == value
    assert response.json() == {"error": words.DATA.get(status, words.DATA[400])}


def test_there_is_a_way_to_meet_every_error():
    assert {name for *_, name in WAYS} == set(NAMES)


def test_a_host_that_is_not_ours_gets_help():
    response = Client(headers={"Host": "elsewhere.example"}).get("/help")
    assert response.status_code == 400
    assert_helps(response.content.decode(), 400)


def test_a_refused_method_still_says_which_are_allowed():
    for client in (Client(), Client(enforce_csrf_checks=True)):
        assert client.post("/robots.txt")["Allow"] == "GET, HEAD"


@pytest.mark.parametrize("name", NAMES)
def test_the_plain_pages_say_the_same(name):
    text = plain.error(name).decode()
    assert_helps(text, name)
    for sentence in words.ERRORS[name].sentences:
        assert sentence in strip_tags(text)
        assert sentence in strip_tags(styled.error(name))


@pytest.mark.parametrize("name", NAMES)
def test_the_words_are_plain(name):
    found = words.ERRORS[name]
    for sentence in (found.title, *found.sentences):
        assert not JARGON.search(sentence), sentence
        for part in re.split(r"[.?!] ", sentence):
            assert len(part.split()) < 25, part


@pytest.mark.parametrize(("status", "like"), [(418, 400), (451, 400), (502, 500), (599, 500)])
def test_a_status_without_words_of_its_own_helps_too(status, like):
    assert plain.error(status) == plain.error(like)


def test_an_edition_holds_every_error_page_and_the_cover():
    parts = styled.parts(timezone.now())
    assert set(parts) == {*(f"error/{name}" for name in NAMES), "cover"}
    for name in NAMES:
        assert_helps(parts[f"error/{name}"], name)
    assert words.COVER_TEXT in parts["cover"]
    assert "stalk" not in parts["cover"].lower()


def test_without_an_edition_the_emergency_page_says_what_to_do():
    text = plain.EMERGENCY.decode()
    for number in ("999", "55", "101"):
        assert number in strip_tags(text)
    assert 'href="/leave/"' in text
