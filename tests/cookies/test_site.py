"""Cookies as the real server gives them, through the front door."""

import json
import re
from concurrent.futures import ThreadPoolExecutor
from http.cookies import SimpleCookie
from itertools import cycle, product

import pytest
from django.urls import get_resolver

from cookies import consent_html, registry
from cookies.preferences import DEFAULT
from cookies.state import SET, every_state

from .conftest import consent
from .served import Visitor, tally

pytestmark = pytest.mark.server

# What readers' browsers may send beside what their state is read from.
ODD = [
    {
        "User-Agent": "Mozilla/5.0 (Linux; Android 5.0)",
        "Accept-Language": "cy,pl;q=0.5",
        "Referer": "https://elsewhere.example/?q=stalking",
        "X-Forwarded-For": "203.0.113.7",
        "Forwarded": "for=203.0.113.7;host=elsewhere.example",
        "DNT": "1",
        "Cookie": "a=b; sessionid=x; csrftoken=y; messages=z; _ga=GA1.1.1.1; counted=counted",
        "query": "utm_source=x&fbclid=IwAR0",
    },
    {
        "User-Agent": "curl/7",
        "Accept": "*/*",
        "Accept-Language": "*",
        "X-Forwarded-Host": "elsewhere.example",
        "X-Real-IP": "203.0.113.8",
        "X-Requested-With": "XMLHttpRequest",
        "Sec-Fetch-Site": "cross-site",
        "Sec-CH-Prefers-Color-Scheme": "dark",
        "Save-Data": "on",
        "Authorization": "Basic YTpi",
        "Cookie": "=; ;;cookie_consen=x; cookie_consentt=y; %%%; reading2=3-dark-hidden",
        "query": "x=1&next=//elsewhere.example/&cookies=other",
    },
]


@pytest.fixture(scope="module")
def addresses(server, visitor):
    """Every address: of the sitemap, of the edition, and those that Django answers itself.

    But /leave/ and /admin/, and what is not there.
    """
    listed = re.findall(
        rf"<loc>{server.url}(/[^<]*)</loc>", visitor.ask("/sitemap.xml")[2].decode()
    )
    manifest = json.loads((server.data_dir / "editions/current/manifest.json").read_text())
    of_django = [f"/{route}" for route in routes(get_resolver()) if not route.startswith("admin/")]
    assert len(listed) > 20
    assert set(listed) < set(manifest["items"])
    assert "/cookies/save/" in of_django
    others = ["/no-such-page/", "/help/no-such-line/", "/%00", "/favicon.ico", "/-/ready"]
    return sorted({*listed, *manifest["items"], *of_django, *others})


def routes(resolver, before=""):
    """Yield every route that has no hole in it."""
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern).replace("^", "").replace("\\Z", "")
        if "<" in route or "(" in route:
            continue
        if hasattr(pattern, "url_patterns"):
            yield from routes(pattern, route)
        else:
            yield route


def cookie_header(state):
    sent = [consent(*state.groups)] if state.answer == "set" else []
    if "preferences" in state.groups:
        sent.append(f"{registry.PREFERENCES_COOKIE.name}={state.preferences.value}")
    return "; ".join(sent)


def test_a_first_visit_sets_no_cookie_anywhere(visitor, addresses):
    assert len(addresses) > 100
    assert visitor.ask("/leave/")[1] != [], "a cookie would be seen"
    for path in addresses:
        for method in ("GET", "HEAD"):
            status, cookies, body = visitor.ask(path, method)
            assert cookies == [], path
            assert status < 500, path
            assert body or method == "HEAD", path


def test_all_readers_in_one_state_get_the_same_bytes_and_no_cookie(visitor, addresses):
    """Every address asked, not asked and all agreed; every state on a few addresses."""
    few = ["/", "/signs/", "/cookies/", "/cookies/reading/", "/no-such-page/"]
    seen, odd = set(), cycle(ODD)
    for state in every_state():
        flag = f"?cookies={state.flag}" if state.flag else ""
        sent = {"Sec-GPC": "1"} if state.answer == "gpc" else {}
        everywhere = state.answer != SET or state.groups == registry.SLUGS
        for path in addresses if everywhere and state.preferences == DEFAULT else few:
            # It says when the edition was made and how old it is.
            if path == "/-/ready":
                continue
            first = visitor.ask(path + flag, **sent, Cookie=cookie_header(state))
            assert first[1] == [], (state.key, path)
            seen.add((path, first[2]))
            other = dict(next(odd))
            cookie = f"{other.pop('Cookie')}; {cookie_header(state)}"
            # Open data is asked with a query; a page does not hear it.
            query = f"{flag}&" if flag else "?"
            query = flag if path.startswith("/api/") else query + other.pop("query")
            other.pop("query", None)
            found = visitor.ask(path + query, **{**other, **sent, "Cookie": cookie})
            assert first == found, (state.key, path)
    assert len({path for path, _ in seen}) == len(addresses) - 1
    assert len(seen) > len(addresses) + 100, "the states differ"


def forms(state):
    """Yield (path, fields) of every form that a reader can send, filled in in every way."""
    shown = {"shown": consent_html.shown()}
    for choice in ("accept", "reject"):
        yield "/cookies/save/", {"choice": choice, **shown}
    for answers in product(("yes", "no"), repeat=len(registry.SLUGS)):
        yield "/cookies/save/", {**dict(zip(registry.SLUGS, answers, strict=True)), **shown}
    for agree in ("yes", "no"):
        ways = {"text": "2", "colours": "dark", "beta": "hidden", "agree": agree}
        yield "/cookies/reading/", {**ways, **shown}
    yield "/cookies/count/", {"page": "/"}
    yield "/feedback/", {}
    yield "/help/national-stalking-helpline/report/", {}


def test_the_cookies_that_are_set_are_the_registrys_by_name_and_lifetime(server, visitor):
    """Every form in every state, leaving, and the log-in of staff."""
    seen = []
    for state in every_state():
        if state.preferences == DEFAULT and not state.flag:
            for path, fields in forms(state):
                status, cookies, _ = visitor.post(path, fields, cookie_header(state))
                assert status < 500, path
                seen += cookies
    seen += visitor.ask("/leave/")[1]
    login = visitor.ask("/admin/login/")
    seen += login[1]
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', login[2].decode())[1]
    name = SimpleCookie(login[1][0])[registry.CSRF.name].OutputString([])
    fields = {"username": "editor", "password": server.logins["editor"]}
    seen += visitor.post("/admin/login/", {**fields, "csrfmiddlewaretoken": token}, name)[1]

    lifetimes = {}
    for header in seen:
        for name, cookie in SimpleCookie(header).items():
            lasts = int(cookie["max-age"]) if cookie["max-age"] else None
            if lasts != 0:
                assert lifetimes.setdefault(name, lasts) == lasts
            # What knows a browser of staff again never goes with a reader's page.
            staff = name == registry.KNOWN.name
            assert cookie["path"] == ("/admin/" if staff else "/")
            assert not cookie["domain"]
            assert cookie["samesite"] == ("Strict" if staff else "Lax")
    known = [cookie for group in registry.GROUPS for cookie in group.cookies]
    assert lifetimes == {
        c.name: int(c.lifetime.total_seconds()) if c.lifetime else None for c in known
    }


def test_choices_at_the_same_moment_are_all_counted(server):
    before = tally(server)

    def reject(_):
        return Visitor(server.url).post("/cookies/save/", {"choice": "reject"})[0]

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(reject, range(64))) == {303}
    after = tally(server)
    assert sum(after.values()) - sum(before.values()) == 64
    assert len(after) <= len(before) + 1
