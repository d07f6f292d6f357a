"""Leaving holds for ten minutes and no longer, whatever anyone sends."""

import time
from http.cookies import SimpleCookie

import pytest
from django.conf import settings
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from safety import leaving

NOW = 1_800_000_000
SUBJECT = ["stalk", "999", "police", "danger", "help"]


def left(value, now=NOW):
    return leaving.is_leaving(f"pause={value}".encode(), now)


def set_cookies(answer):
    """Return each cookie that an answer sets, name to morsel."""
    jar = SimpleCookie()
    for name, value in answer.headers:
        if name == "Set-Cookie":
            jar.load(value)
    return jar


def test_the_guard_lasts_ten_minutes_and_ends_by_itself():
    end = NOW + 600
    assert left(end)
    assert left(end, now=end - 0.5)
    assert not left(end, now=end)


@pytest.mark.parametrize(
    "value",
    [
        NOW + 601,
        NOW + 10 * 365 * 24 * 60 * 60,
        NOW,
        NOW - 1,
        -NOW,
        f"0{NOW + 10}",
        f"+{NOW + 10}",
        f"{NOW + 10}.0",
        f'"{NOW + 10}"',
        "",
        "1" * 5000,
        "٣" * 10,
        "yes",
    ],
)
def test_a_forged_guard_covers_nothing(value):
    assert not left(value)


def test_the_guard_is_found_among_fifty_cookies_and_only_by_its_exact_name():
    many = "; ".join(f"name{n}=value" for n in range(50))
    assert leaving.is_leaving(f"{many}; pause={NOW + 5}; {many}".encode(), NOW)
    assert leaving.is_leaving(f"pause=never; pause={NOW + 5}".encode(), NOW)
    assert leaving.is_leaving(many.encode(), NOW) is False
    for name in ("Pause", "xpause", "pause2", "a=pause"):
        assert not leaving.is_leaving(f"{name}={NOW + 5}".encode(), NOW)


@given(st.binary(max_size=300))
def test_cookies_of_every_byte_are_never_an_error(some_bytes):
    for header in (some_bytes, b"pause=" + some_bytes, some_bytes + b"=1; \xff=2"):
        leaving.is_leaving(header, NOW)
        answer = leaving.leave("GET", header, NOW)
        assert answer.status == 303
        for name, value in answer.headers:
            assert value.isascii()
            assert not set(value) & set("\r\n\0"), name


def test_leaving_goes_to_the_neutral_site_and_sets_the_guard():
    answer = leaving.leave("GET", b"", NOW)
    assert answer.status == 303
    assert dict(answer.headers)["Location"] == settings.EXIT_URL
    assert dict(answer.headers)["Cache-Control"] == "no-store"
    pause = set_cookies(answer)["pause"]
    assert (pause.value, pause["max-age"], pause["path"]) == (str(NOW + 600), "600", "/")
    assert not pause["httponly"], "the script has to read it"
    assert leaving.is_leaving(b"pause=" + pause.value.encode(), NOW)


def test_who_only_asks_what_would_come_is_told_where_and_sets_no_guard():
    answer = leaving.leave("HEAD", b"a=b", NOW)
    assert (answer.status, dict(answer.headers)["Location"]) == (303, settings.EXIT_URL)
    assert set_cookies(answer) == {}


def test_leaving_expires_every_cookie_that_was_sent_but_the_staffs():
    staff = [settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME]
    names = ["cookie_consent", "text_size", "anything", *staff]
    sent = "; ".join(f"{name}=1" for name in names).encode()
    answer = set_cookies(leaving.leave("GET", sent, NOW))
    assert set(answer) == {"pause", "cookie_consent", "text_size", "anything"}
    assert {answer[name]["max-age"] for name in answer if name != "pause"} == {"0"}


def test_continue_ends_the_guard_and_shows_the_help_page():
    answer = leaving.leave("POST", f"pause={NOW + 5}".encode(), NOW)
    assert (answer.status, dict(answer.headers)["Location"]) == (303, "/help/")
    assert set_cookies(answer)["pause"]["max-age"] == "0"


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "TRACE", "GETT"])
def test_another_method_of_leave_is_refused_and_covered_while_the_guard_lasts(method):
    answer = leaving.leave(method, b"", NOW)
    assert (answer.status, dict(answer.headers)["Allow"]) == (405, "GET, HEAD, POST")
    assert leaving.leave(method, f"pause={NOW + 5}".encode(), NOW) == leaving.cover()


def test_the_cover_names_nothing():
    text = leaving.cover().body.decode().lower()
    assert "continue" in text
    # The form's own address is the only place where a word of ours may stand.
    for word in [*SUBJECT, settings.SITE_NAME.lower()]:
        assert word not in text
    assert "<title>paused</title>" in text


@pytest.mark.parametrize(
    "path", ["/", "/help/", "/no-such-page", "/cookies/save/", "/%00", "//x", "/feed/"]
)
def test_every_page_is_covered_and_the_feed_that_a_browser_shows(path):
    assert leaving.covers(path)


@pytest.mark.parametrize(
    "path",
    ["/leave/", "/static/a.css", "/admin/login/", "/api/open-referral/v3/", "/robots.txt",
     "/sitemap.xml", "/.well-known/security.txt", "/-/live"],
)  # fmt: skip
def test_files_open_data_and_the_admin_are_not(path):
    assert not leaving.covers(path)


class TestDjango:
    """The same answers where no front door stands before Django."""

    @pytest.mark.parametrize("method", ["get", "post", "put", "delete", "head", "options"])
    @pytest.mark.parametrize("path", ["/", "/help/", "/no-such-page"])
    def test_every_method_is_covered(self, path, method):
        client = Client()
        client.cookies["pause"] = str(int(time.time()) + 300)
        response = getattr(client, method)(path)
        assert response.status_code == 200
        if method != "head":
            assert response.content == leaving.cover().body

    def test_leave_answers_as_the_door_does(self):
        client = Client(headers={"Cookie": "cookie_consent=1; path=1; a^b'c=2; \xff=3"})
        response = client.get("/leave/", {"next": "https://elsewhere.example/"})
        assert response.status_code == 303
        assert response["Location"] == settings.EXIT_URL
        assert {"pause", "cookie_consent", "a^b'c"} <= set(response.cookies)

    @pytest.mark.django_db
    def test_continue(self):
        client = Client()
        client.get("/leave/")
        assert client.get("/").content == leaving.cover().body
        response = client.post("/leave/")
        assert (response.status_code, response["Location"]) == (303, "/help/")
        assert client.get("/").content != leaving.cover().body


@pytest.mark.parametrize("https", [True, False])
def test_over_https_the_guard_is_sent_over_https_alone(settings, https):
    settings.HTTPS = https
    sent = [
        value for name, value in leaving.leave("GET", b"a=b", 0).headers if name == "Set-Cookie"
    ]
    assert len(sent) == 2
    assert [value.endswith("; Secure") for value in sent] == [https, https]
