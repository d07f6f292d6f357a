"""Cookies as the real server gives them, through the front door."""

import http.client
import re
import socket
from concurrent.futures import ThreadPoolExecutor
from http.cookies import SimpleCookie
from itertools import cycle
from urllib.parse import urlencode, urlsplit

import pytest

from cookies import messages, registry
from cookies.state import every_state

from .conftest import consent
from .odd import NUMBER, odd_values

pytestmark = pytest.mark.server

OTHERS = ["/no-such-page/", "/cookies/save/", "/cookies/count/", "/robots.txt", "/sitemap.xml"]
OWN = {"Sec-Fetch-Site": "same-origin", "Content-Type": "application/x-www-form-urlencoded"}


def ask(site, path, method="GET", body=None, **headers):
    """Send one request; return (status, Set-Cookie headers, body)."""
    connection = http.client.HTTPConnection(urlsplit(site).netloc, timeout=30)
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, body, headers)
    response = connection.getresponse()
    found = response.status, response.headers.get_all("Set-Cookie", []), response.read()
    connection.close()
    return found


def post(site, path, fields, cookie=""):
    return ask(site, path, "POST", urlencode(fields), Cookie=cookie, **OWN)


@pytest.fixture(scope="module")
def addresses(site):
    found = re.findall(rf"<loc>{site}(/[^<]*)</loc>", ask(site, "/sitemap.xml")[2].decode())
    assert len(found) > 20
    return [*found, *OTHERS]


def cookie_header(state):
    sent = [consent(*state.groups)] if state.answer == "set" else []
    if "preferences" in state.groups:
        sent.append(f"{registry.READING.name}={state.reading.value}")
    return "; ".join(sent)


def test_a_first_visit_sets_no_cookie_anywhere(site, addresses):
    for path in addresses:
        _, cookies, body = ask(site, path)
        assert cookies == [], path
        assert body, path


def test_all_readers_in_one_state_get_the_same_bytes_and_no_cookie(site):
    some = ["/", "/signs/", "/cookies/", "/cookies/reading/", "/no-such-page/"]
    seen = set()
    for state in every_state():
        flag = f"?cookies={state.flag}" if state.flag else ""
        gpc = {"Sec-GPC": "1"} if state.answer == "gpc" else {}
        for path in some:
            first = ask(site, path + flag, Cookie=cookie_header(state), **gpc)
            other = ask(
                site,
                path + (flag + "&x=1" if flag else "?x=1"),
                Cookie=f"a=b; sessionid=x; {cookie_header(state)}; messages=y",
                User_Agent="another",
                Accept_Language="cy",
                DNT="1",
                Referer="https://elsewhere.example/",
                **gpc,
            )
            assert first == other, (state.key, path)
            assert first[1] == []
            seen.add((path, first[2]))
    assert len(seen) > 100, "the states differ"


def test_the_cookies_that_are_set_are_the_registrys_by_name_and_lifetime(server):
    site, seen = server.url, []
    shown = {"shown": messages.shown()}
    everything = consent(*registry.SLUGS)
    seen += post(site, "/cookies/save/", {"choice": "accept", **shown})[1]
    ways = {"text": "2", "colours": "dark", "beta": "hidden", "agree": "yes"}
    seen += post(site, "/cookies/reading/", {**ways, **shown})[1]
    seen += post(site, "/cookies/count/", {"page": "/"}, everything)[1]
    seen += ask(site, "/leave/")[1]
    login = ask(site, "/admin/login/")
    seen += login[1]
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', login[2].decode())[1]
    name = SimpleCookie(login[1][0])[registry.CSRF.name].OutputString([])
    fields = {"username": "editor", "password": server.logins["editor"]}
    seen += post(site, "/admin/login/", {**fields, "csrfmiddlewaretoken": token}, name)[1]

    lifetimes = {}
    for header in seen:
        for name, cookie in SimpleCookie(header).items():
            lifetimes[name] = int(cookie["max-age"]) if cookie["max-age"] else None
            assert cookie["path"] == "/"
            assert not cookie["domain"]
    known = [cookie for group in registry.GROUPS for cookie in group.cookies]
    assert lifetimes == {
        c.name: int(c.lifetime.total_seconds()) if c.lifetime else None for c in known
    }


def test_choices_at_the_same_moment_are_all_counted(server):
    def total():
        words = "from cookies.models import DailyAnswers as D; print(sum(d.count for d in D.objects.all()), D.objects.count())"
        return [int(n) for n in server.manage("shell", "-v0", "-c", words).split()]

    before, _ = total()
    with ThreadPoolExecutor(8) as pool:
        answers = pool.map(
            lambda _: post(server.url, "/cookies/save/", {"choice": "reject"})[0], range(64)
        )
    assert set(answers) == {303}
    after, rows = total()
    assert after - before == 64
    assert rows <= 4


@pytest.mark.slow
def test_twenty_thousand_odd_cookies_change_nothing_that_is_read(site):
    expected = ask(site, "/signs/")[2]
    values = iter(odd_values())
    sent = 0
    while sent < NUMBER:
        # The server ends a connection on which it refused something.
        sent += send_until_refused(site, values, expected)


def send_until_refused(site, values, expected):
    """Ask for a page with each odd cookie until one is refused; return how many were sent."""
    host = urlsplit(site)
    sent = 0
    with (
        socket.create_connection((host.hostname, host.port), timeout=30) as connection,
        connection.makefile("rb") as answers,
    ):
        for value in values:
            sent += 1
            connection.sendall(
                b"GET /signs/ HTTP/1.1\r\nHost: %s\r\nCookie: cookie_consent=%s\r\n\r\n"
                % (host.netloc.encode(), value)
            )
            status = int(answers.readline().split()[1])
            headers = dict(line.lower().split(b":", 1) for line in iter(answers.readline, b"\r\n"))
            body = answers.read(int(headers[b"content-length"]))
            assert b"set-cookie" not in headers
            # A byte that no header may hold is refused before anybody reads the cookie.
            if status == 400:
                break
            assert (status, body) == (200, expected), value
    return sent


@pytest.mark.slow
def test_twenty_thousand_odd_cookies_change_nothing_that_is_posted(client, groups_in_database):
    from cookies.models import DailyAnswers

    refused = registry.consent_value(())
    # Accepted without the digest and left open, both answered with a whole page; refused.
    ways = [({"choice": "accept"}, 422), ({"preferences": "yes"}, 422)]
    ways += [({"choice": "reject"}, 303)] * 18
    for value, (fields, status) in zip(odd_values(), cycle(ways), strict=False):
        response = client.post(
            "/cookies/save/",
            fields,
            headers={"sec-fetch-site": "same-origin"},
            HTTP_COOKIE="cookie_consent=" + value.decode("latin-1"),
        )
        assert response.status_code == status, value
        expected = {registry.CONSENT.name: refused} if status == 303 else {}
        assert {name: c.value for name, c in response.cookies.items()} == expected, value
    assert DailyAnswers.objects.count() == 1
