"""The front door speaks HTTP: the edition for readers, Django for the rest."""

import asyncio
import gzip
import json
from dataclasses import replace
from types import SimpleNamespace
from unittest.mock import Mock

import brotli
import pytest

from config.asgi import hooks
from cookies import registry
from publishing.printing import editions
from publishing.printing.editions import Item
from publishing.serving import memory
from publishing.serving.django_bridge import Refused
from publishing.serving.door import FrontDoor
from publishing.serving.loaded_edition import EditionLoader
from publishing.serving.request import preferred_encoding
from publishing.serving.responses import States
from publishing.serving.sessions import marked
from safety.headers import security_headers

from ...asgi import ask
from ..builders import make_edition, make_html

CSS = Item("static", "text/css; charset=utf-8", b"p { color: red }", encoded={"br": b"small"})
FILES = {
    "/static/site.1234.css": CSS,
    "/uploads/5678.webp": Item("upload", "image/webp", b"0123456789"),
    "/robots.txt": Item("file", "text/plain; charset=utf-8", b"User-agent: *"),
    "/api/services": Item("data", "application/json", b"[]"),
    "/api/long": Item("data", "application/json", b'["the same word"]' * 99),
    "/advice/old/": Item("moved", "text/plain", b"/help/"),
}
PARTS = {
    "message/ask": '<form>Ask <input value="%ADDRESS%"></form>',
    "message/choices-ask": '<a href="%ADDRESS%">Back</a>',
    "message/ask-error": "<p>Sorry</p>",
    "message/nothing": "",
    "message/saved": "<p>Saved</p>",
    "error/404": make_html(title="Not found"),
    "error/405": make_html(title="Wrong method"),
    "error/503": make_html(title="Too many"),
    "cover": make_html(title="Back soon", card=""),
}
# Of an address that a page had before, and that address in other spellings.
MOVED = ["/advice/old/", "/advice/old", "/Advice/OLD/"]
FULL = [("GET", "/admin/full/"), ("GET", "/api/full/"), ("POST", "/cookies/save/")]


class Django:
    """Stands behind the door and remembers who came through."""

    def __init__(self):
        self.asked = []

    async def __call__(self, scope, receive, send):
        self.asked.append((scope["method"], scope["path"]))
        if self.asked[-1] in FULL:
            raise Refused(503)
        if scope["path"].endswith("/broken/"):
            raise RuntimeError(scope["path"])
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"Django"})


@pytest.fixture
def django():
    return Django()


@pytest.fixture
def site(django, settings):
    """A door with one edition. site(path, ...) asks it and returns what it answers."""
    settings.ALLOWED_HOSTS = ["site.test"]
    pages = {
        "/": make_html("<p>Home</p>"),
        "/help/": make_html("<p>Help</p>"),
        "/cookies/": make_html(),
    }
    made = make_edition(pages=pages, files=FILES, parts=PARTS)
    editions.switch(editions.write(made))
    loader = EditionLoader(security_headers)
    loader.look()
    return Site(FrontDoor(hooks, loader, django, {}))


class Site:
    def __init__(self, door):
        self.door = door
        self.loader = door.loader

    def __call__(self, path, method="GET", query="", **headers):
        return asyncio.run(self.answer(path, method, query, {"host": "site.test", **headers}))

    async def answer(self, path, method, query, headers):
        scope = {
            "type": "http",
            "method": method,
            "path": path,
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "headers": [
                (name.replace("_", "-").encode(), one.encode("latin-1"))
                for name, value in headers.items()
                for one in ([value] if isinstance(value, str) else value)
            ],
        }
        opening, body = await ask(self.door, scope)
        headers = {n.decode(): v.decode("latin-1") for n, v in opening["headers"]}
        return SimpleNamespace(status=opening["status"], headers=headers, body=body["body"])


# Pages


def test_a_page_comes_from_the_edition_with_its_headers(site, django):
    answer = site("/")
    assert answer.status == 200
    assert b"<p>Home</p>" in answer.body
    assert django.asked == []
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["vary"] == "Accept-Encoding, Cookie, Sec-GPC"
    assert answer.headers["content-length"] == str(len(answer.body))
    for name, value in security_headers("page").items():
        assert answer.headers[name.lower()] == value
    assert "set-cookie" not in answer.headers


def test_a_first_visit_is_asked_and_led_back(site):
    assert b'<form>Ask <input value="/help/"></form>' in site("/help/").body


def test_no_splice_place_is_left(site):
    for path in ("/", "/nowhere/"):
        body = site(path).body
        assert b"data-reader" not in body
        assert b"<!--message-->" not in body
        assert b"%ADDRESS%" not in body


def test_a_reader_who_sends_gpc_is_not_asked(site):
    assert b"Ask" not in site("/", sec_gpc="1").body


def test_the_query_is_ignored(site):
    plain = site("/").body
    for query in ("utm_source=x", "fbclid=1", "cookies=nonsense", "a=%00"):
        assert site("/", query=query).body == plain


def test_a_choice_leads_back_to_a_page_of_the_edition_and_nowhere_else(site):
    assert b'<a href="/help/">Back</a>' in site("/cookies/", query="from=/help/").body
    known = len(site.loader.served.states.made)
    for number in range(5):
        made_up = site("/cookies/", query=f"from=/advice/made-up-{number}/")
        assert b'<a href="/">Back</a>' in made_up.body
    assert len(site.loader.served.states.made) == known + 1


def test_the_flag_after_a_choice_is_known(site):
    assert b"Sorry" in site("/", query="cookies=error").body


@pytest.mark.parametrize(
    ("encoding", "decode"), [("br", brotli.decompress), ("gzip", gzip.decompress)]
)
def test_a_page_is_compressed_as_asked(site, encoding, decode):
    answer = site("/", accept_encoding=f"deflate, {encoding}")
    assert answer.headers["content-encoding"] == encoding
    assert decode(answer.body) == site("/").body


@pytest.mark.parametrize(
    ("accept", "encoding"),
    [
        (b"", ""),
        (b"gzip, deflate, br, zstd", "br"),
        (b"gzip", "gzip"),
        (b"GZIP;q=0.5", "gzip"),
        (b"br;q=0, gzip", "gzip"),
        (b"br; q=0.0, gzip;q=0", ""),
        (b"*", "br"),
        (b"br;q=0, *", "gzip"),
        (b"br;q=0, gzip;q=0, *", ""),
        (b"*;q=0, gzip", "gzip"),
        (b"*;q=0", ""),
        (b"identity", ""),
        (b"\xff, ;;q=", ""),
    ],
)
def test_the_encoding_that_is_preferred(accept, encoding):
    assert preferred_encoding(accept) == encoding


def test_head_is_get_without_the_body(site):
    whole, head = site("/"), site("/", method="HEAD")
    assert head.body == b""
    assert head.headers == whole.headers


def test_a_missing_slash_leads_to_the_page(site, django):
    answer = site("/help", query="a=b")
    assert answer.status == 301
    assert answer.headers["location"] == "/help/?a=b"
    assert "content-security-policy" in answer.headers
    assert django.asked == []


def test_an_unknown_address_is_answered_by_the_door(site, django):
    for path in ("/nowhere/", "/advice/nobody/", "/help/nobody/", "//evil.test", "/uploads/a.png"):
        answer = site(path)
        assert answer.status == 404
        assert b"Not found" in answer.body
    assert django.asked == []


def test_unknown_addresses_leave_nothing_behind(site):
    for number in range(memory.MOST + 100):
        site(f"/{number}/", query=f"a={number}", cookie=f"a={number}", accept_encoding=str(number))
    assert len(site.loader.served.states.made) <= 2
    assert len(site.door.encodings) <= memory.MOST


def test_another_method_is_refused_with_the_ones_that_work(site, django):
    for method in ("PUT", "DELETE", "TRACE", "OPTIONS"):
        answer = site("/help/", method=method)
        assert answer.status == 405
        assert answer.headers["allow"] == "GET, HEAD"
        assert b"Wrong method" in answer.body
    assert django.asked == []


# What Django answers


def test_a_picture_of_a_preview_is_asked_for_by_staff_only(site, django):
    picture = f"/uploads/{'a' * 32}.jpg"
    real = f"sessionid={marked(24 * 'a')}"
    for cookie in ("", "other=1", f"x{real}", "sessionid=made-up"):
        assert site(picture, cookie=cookie).status == 404
    assert django.asked == []
    assert site(picture, cookie=f"other=1; {real}").body == b"Django"
    assert site("/uploads/5678.webp", cookie=real).body == b"0123456789"


@pytest.mark.parametrize(
    ("method", "path", "query"),
    [
        ("POST", "/feedback/", ""),
        ("POST", "/help/", ""),
        ("GET", "/admin/", ""),
        ("GET", "/admin/nowhere/", ""),
        ("DELETE", "/admin/", ""),
        ("GET", "/static/admin/css/base.css", ""),
        ("GET", "/cookies/save/", ""),
        ("GET", "/api/services", "page=2"),
        ("GET", "/api/nowhere", ""),
        ("GET", "/-/ready", ""),
    ],
)
def test_django_is_asked(site, django, method, path, query):
    assert site(path, method=method, query=query).body == b"Django"
    assert django.asked == [(method, path)]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("PUT", "/", 405), ("GET", "/nowhere/", 404), ("POST", "/cookies/save/", 503)],
)
def test_an_error_page_asks_only_who_is_to_be_asked(site, method, path, status):
    chosen = {"cookie": f"cookie_consent={registry.consent_value(())}"}
    asked = PARTS["message/ask-error" if status == 503 else "message/ask"][:9].encode()
    for headers, expected in [({}, True), ({"sec_gpc": "1"}, False), (chosen, False)]:
        answer = site(path, method, **headers)
        assert answer.status == status
        assert (asked in answer.body) is expected


def test_when_django_is_full_the_page_helps(site):
    answer = site("/admin/full/")
    assert answer.status == 503
    assert answer.headers["retry-after"] == "5"
    assert b"Too many" in answer.body


@pytest.mark.parametrize(
    "name",
    ["staticfiles.json", "editor/editor.css.3fe009064d76.map", "js/a.js.map", "css/a.css.br"],
)
def test_how_the_static_files_were_made_is_not_public(site, django, name):
    assert site("/static/css/of-the-newsroom.css").body == b"Django"
    assert site(f"/static/{name}").status == 404
    assert django.asked == [("GET", "/static/css/of-the-newsroom.css")]


def test_what_goes_wrong_in_the_door_gets_a_page_and_no_words_of_the_reader(site, caplog):
    answer = site("/admin/broken/")
    assert answer.status == 500
    assert b'href="tel:999"' in answer.body
    assert "RuntimeError" in caplog.text
    assert "/admin/broken/" not in caplog.text


@pytest.mark.parametrize(
    ("path", "method", "query", "headers", "status"),
    [
        ("/api/full/", "GET", "", {}, 503),
        ("/api/broken/", "GET", "", {}, 500),
        ("/api/services", "GET", "", {"host": "evil.test"}, 400),
        ("/api/\0", "GET", "", {}, 400),
        ("/api/services", "GET", "search=%00", {}, 400),
        ("/api/services", "DELETE", "", {}, 405),
    ],
)
def test_what_is_refused_of_open_data_is_json(site, path, method, query, headers, status):
    answer = site(path, method=method, query=query, **headers)
    assert answer.status == status
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["cache-control"] == "no-store"
    for name, value in security_headers("data").items():
        assert answer.headers[name.lower()] == value
    assert ("allow" in answer.headers) == (status == 405)
    assert ("retry-after" in answer.headers) == (status == 503)
    assert "error" in json.loads(answer.body)


def test_open_data_tells_a_browser_that_other_sites_may_read_it(site, django):
    answer = site("/api/services", method="OPTIONS", access_control_request_method="GET")
    assert answer.status == 204
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["access-control-allow-methods"] == "GET, HEAD"
    assert django.asked == []
    assert site("/help/", method="OPTIONS").status == 405


@pytest.mark.parametrize("path", ["/HELP/", "/Help", "/hElP/"])
def test_an_address_in_capitals_leads_to_the_page(site, path):
    answer = site(path, query="cookies=saved")
    assert (answer.status, answer.headers["location"]) == (301, "/help/?cookies=saved")
    assert site("/NONE/").status == 404


@pytest.mark.parametrize(
    "purpose", [{"sec_purpose": "prefetch;prerender"}, {"purpose": "prefetch"}]
)
def test_looking_ahead_does_not_leave(site, purpose):
    answer = site("/leave/", **purpose)
    assert (answer.status, answer.headers["cache-control"]) == (503, "no-store")
    assert "set-cookie" not in answer.headers
    assert site("/leave/").headers["set-cookie"].startswith("pause=")


def test_head_of_leave_changes_nothing(site):
    answer = site("/leave/", method="HEAD", cookie="reading=2-dark-hidden")
    assert answer.status == 303
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("path", ["/-/live", "/-/ready"])
def test_the_operators_addresses_are_only_read(site, django, path):
    assert site(path, method="HEAD").status == 200
    for method in ("POST", "PUT", "OPTIONS"):
        answer = site(path, method=method)
        assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD")


# Leaving


def test_who_has_left_gets_the_cover_for_every_page(site):
    left = site("/leave/")
    assert left.status == 303
    pause = left.headers["set-cookie"].partition(";")[0]
    for path in ("/", "/help/", "/nowhere/", "/feedback/"):
        answer = site(path, cookie=pause)
        assert answer.status == 200
        assert b"Back soon" in answer.body
        assert answer.headers["cache-control"] == "no-store"
    assert b"color" in site("/static/site.1234.css", cookie=pause).body
    assert b"Home" in site("/").body


# Files


def test_a_hashed_file_is_kept_for_ever(site):
    answer = site("/static/site.1234.css")
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["vary"] == "Accept-Encoding"
    assert answer.headers["content-type"] == "text/css; charset=utf-8"
    assert site("/static/site.1234.css", accept_encoding="br").body == b"small"


def test_an_uploaded_picture_can_do_nothing_but_be_seen(site):
    answer = site("/uploads/5678.webp")
    assert "sandbox" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_open_data_may_be_read_by_other_sites(site):
    answer = site("/api/services")
    assert answer.body == b"[]"
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["cache-control"] == "no-cache"


def test_an_unchanged_file_is_not_sent_again(site):
    first = site("/robots.txt")
    again = site("/robots.txt", if_none_match=f'"other", W/{first.headers["etag"]}')
    assert (again.status, again.body) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert "content-length" not in again.headers
    assert site("/robots.txt", if_none_match='"other"').status == 200
    assert site("/robots.txt", if_none_match="*").status == 304


def test_each_encoding_has_a_validator_of_its_own(site):
    plain, small = (
        site("/static/site.1234.css"),
        site("/static/site.1234.css", accept_encoding="br"),
    )
    assert plain.headers["etag"] != small.headers["etag"]


@pytest.mark.parametrize(
    ("wanted", "status", "body", "place"),
    [
        ("bytes=2-4", 206, b"234", "bytes 2-4/10"),
        ("bytes=7-", 206, b"789", "bytes 7-9/10"),
        ("bytes=-2", 206, b"89", "bytes 8-9/10"),
        ("bytes=5-99", 206, b"56789", "bytes 5-9/10"),
        ("bytes=-99", 206, b"0123456789", "bytes 0-9/10"),
        ("bytes=10-", 416, b"", "bytes */10"),
        ("bytes=-0", 416, b"", "bytes */10"),
        ("bytes=4-2", 200, b"0123456789", None),
        ("bytes=-", 200, b"0123456789", None),
        ("bytes=0-1,3-4", 200, b"0123456789", None),
        ("lines=1-2", 200, b"0123456789", None),
    ],
)
def test_a_part_of_a_file(site, wanted, status, body, place):
    answer = site("/uploads/5678.webp", range=wanted)
    assert (answer.status, answer.body) == (status, body)
    assert answer.headers.get("content-range") == place
    assert answer.headers["accept-ranges"] == "bytes"
    # A part says which file it is of, and so does what there is not of it.
    assert answer.headers["etag"] == site("/uploads/5678.webp").headers["etag"]


def test_a_part_is_of_the_same_file_or_the_whole_is_sent(site):
    tag = site("/uploads/5678.webp").headers["etag"]
    assert site("/uploads/5678.webp", range="bytes=0-1", if_range=tag).status == 206
    assert site("/uploads/5678.webp", range="bytes=0-1", if_range='"other"').status == 200
    assert site("/uploads/5678.webp", range="bytes=0-1", method="HEAD").status == 200


# Hosts


@pytest.mark.parametrize("host", ["evil.test", "", "site.test.evil.test"])
def test_another_host_is_refused(site, host):
    answer = site("/", host=host)
    assert answer.status == 400
    assert b'href="tel:999"' in answer.body


def test_our_host_may_name_its_port(site):
    assert site("/", host="SITE.test:8000").status == 200


def test_over_http_the_reader_is_sent_to_https(site, settings):
    site.door.https, settings.SITE_URL = True, "https://site.test"
    answer = site("/help/", x_forwarded_proto="http")
    assert answer.status == 301
    assert answer.headers["location"] == "https://site.test/help/"
    assert site("/help/", x_forwarded_proto="https").status == 200


# Editions that change, and editions that are not there


def test_a_new_edition_is_served_and_the_last_ones_style_stays(site):
    new = make_edition(pages={"/": make_html("<p>New</p>")}, parts=PARTS)
    editions.switch(editions.write(new))
    assert b"Home" in site("/").body
    site.loader.look()
    assert b"New" in site("/").body
    assert site("/static/site.1234.css").status == 200
    assert site("/api/services").body == b"Django"


def test_a_damaged_new_edition_changes_nothing(site, editions_dir, caplog):
    editions.switch(editions.write(make_edition(pages={"/": make_html("<p>New</p>")})))
    (editions_dir / "2/public/index.html").write_text("<p>Tampered</p>")
    site.loader.look()
    site.loader.look()
    assert b"Home" in site("/").body
    assert caplog.text.count("is not as it was printed") == 1
    assert len(site.loader.wrong) == 1


def test_an_edition_that_is_changed_on_disk_is_told_until_it_is_put_back(
    site, editions_dir, caplog
):
    page = editions_dir / "1/public/index.html"
    as_printed = page.read_bytes()
    site.loader.compare()
    assert site.loader.wrong == []
    page.write_text("<p>Tampered</p>")
    site.loader.compare()
    site.loader.compare()
    site.loader.look()
    assert caplog.text.count("Edition 1 is not as it was printed") == 1
    assert site.loader.wrong == ["Edition 1 is not as it was printed."]
    assert b"Home" in site("/").body
    page.write_bytes(as_printed)
    site.loader.compare()
    site.loader.look()
    assert site.loader.wrong == []


def test_without_any_edition_the_emergency_page_stands(django, settings):
    settings.ALLOWED_HOSTS = ["site.test"]
    loader = EditionLoader(security_headers)
    loader.look()
    site = Site(FrontDoor(hooks, loader, django, {}))
    for path, status in (("/", 200), ("/help/", 200), ("/signs/", 503)):
        answer = site(path)
        assert answer.status == status
        assert b'href="tel:999"' in answer.body
        assert answer.headers["cache-control"] == "no-store"
    assert site("/admin/").body == b"Django"
    editions.switch(editions.write(make_edition()))
    loader.look()
    assert b"Are you being stalked?" in site("/").body


def test_rarely_wanted_states_make_room(site):
    states = site.loader.served.states
    states.kept = 3 * len(site("/").body)
    for path in ("/", "/help/", "/nowhere/", "/"):
        site(path)
        assert states.used <= states.kept or len(states.made) == 1


def test_states_that_just_fit_are_kept_and_the_one_nobody_asked_for_longest_goes_first():
    page = Mock(path="/", spliced=lambda *given: SimpleNamespace(rest=b"12345"))
    states = States(kept=10)

    def ask(key):
        state = SimpleNamespace(key=key, attributes=b"", message=lambda path: "message")
        states.answer(page, state, {}, "/", "")
        return [key for _, key, *_ in states.made]

    assert ask("one") == ["one"]
    assert ask("two") == ["one", "two"]
    assert ask("one") == ["two", "one"]
    assert ask("three") == ["one", "three"]
    assert states.used == 10
    # One that has no room by itself is kept alone: whoever asked for it asks again.
    states.kept = 4
    assert ask("four") == ["four"]
    assert ask("four") == ["four"]
    assert ask("five") == ["five"]
    # A reader's state is some ten thousand bytes: room for thousands of them.
    assert States().kept > 10_000_000


def test_what_is_said_twice_is_one_header(site):
    chosen = registry.CONSENT.name + "=" + registry.consent_value(())
    assert b"Ask" in site("/", cookie=["a=1", "b=2"]).body
    assert b"Ask" not in site("/", cookie=["a=1", chosen]).body
    assert site("/", accept_encoding=["identity", "br"]).headers["content-encoding"] == "br"
    assert site("/", host=["site.test", "site.test"]).status == 400
    assert site("/", content_length=["0", "0"]).status == 400


def test_what_the_door_refuses_of_the_newsroom_speaks_to_staff(site):
    answer = site("/admin/", host="evil.test")
    assert answer.status == 400
    assert b"Go to the newsroom" in answer.body
    policy = security_headers("admin")["Content-Security-Policy"]
    assert policy != security_headers("page")["Content-Security-Policy"]
    assert answer.headers["content-security-policy"] == policy


@pytest.mark.parametrize("path", MOVED)
def test_an_address_that_a_page_had_before_leads_to_it(site, django, path):
    answer = site(path, query="cookies=saved")
    assert (answer.status, answer.headers["location"]) == (301, "/help/?cookies=saved")
    assert django.asked == []


def test_it_opens_and_closes_with_the_server(django):
    done, coming = [], [{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}]
    door = FrontDoor(
        hooks,
        EditionLoader(security_headers),
        django,
        django,
        on_open=[lambda: done.append("open")],
        on_close=[lambda: done.append("close")],
    )

    async def receive():
        return coming.pop(0)

    async def send(message):
        done.append(message["type"])

    asyncio.run(door({"type": "lifespan"}, receive, send))
    assert done == ["open", "lifespan.startup.complete", "close", "lifespan.shutdown.complete"]
    assert django.asked == []


@pytest.mark.parametrize("encoding", ["br", "gzip"])
def test_a_file_is_compressed_where_that_makes_it_smaller(site, encoding):
    long, short = (site(path, accept_encoding=encoding) for path in ("/api/long", "/api/services"))
    assert long.headers["content-encoding"] == encoding
    assert len(long.body) < 99
    assert "content-encoding" not in short.headers
    assert short.body == b"[]"


def test_where_the_exit_leads_is_worked_out_once_an_edition(site, django):
    asked = []

    def exit_of(kept):
        asked.append(kept)
        return f"https://exit{len(asked)}.example/"

    door = FrontDoor(replace(hooks, exit_of=exit_of), site.loader, django, {})
    leave = Site(door)
    assert [leave("/leave/").headers["location"] for _ in range(2)] == [
        "https://exit1.example/"
    ] * 2
    editions.switch(editions.write(make_edition()))
    site.loader.look()
    assert leave("/leave/").headers["location"] == "https://exit2.example/"
    assert len(asked) == 2
