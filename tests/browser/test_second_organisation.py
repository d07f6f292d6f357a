"""Two organisations served side by side: nothing of one is on any page, file, feed or header of the other.

The first has the content that comes with the site, the second the sample of an invented place.
"""

import http.client
import json
import re
import tomllib
from html import unescape
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import pytest
from django.conf import settings as site_settings

from safety import emergency
from safety.identity import colours
from tests.server import PATIENCE, Server

from .axe import AA, CONTRAST, violations
from .pages import a_tab

SAMPLE = site_settings.BASE_DIR / "samples" / "port-merrow"
OWN = site_settings.BASE_DIR / "signposting" / "content"
# Ofcom, “Telephone numbers for use in TV and radio drama programmes”: freephone 08081 570000 to
# 570999, UK-wide 03069 990000 to 990999. It gives them to nobody.
# https://www.ofcom.org.uk/phones-and-broadband/phone-numbers/numbers-for-drama
DRAMA = re.compile(r"08081570\d{3}|03069990\d{3}")
# The same for everybody in the United Kingdom.
SHARED = {"emergency-services", "999-bsl", "relay-uk", "emergency-sms"}
NOT_CONTENT = {"emergency", "areas", "needs", "contact", "link-hosts"}

LINK = re.compile(r'(?:href|src|content)="(/[^"]*)"|url\("?(/[^")]*)"?\)|<loc>(http[^<]*)<')
FORM = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
STRANGE = {**FORM, "Sec-Fetch-Site": "cross-site"}
# What no link leads to: (method, address) -> the status that it has.
ASKED = {
    ("GET", "/robots.txt"): 200,
    ("GET", "/admin/login/"): 200,
    ("GET", "/leave/"): 303,
    ("GET", "/manifest.webmanifest"): 404,
    ("GET", "/favicon.ico"): 404,
    ("GET", "/no-such-page/"): 404,
    ("GET", f"/{'a' * 9000}/"): 414,
    ("POST", "/help/"): 405,
    ("POST", "/feedback/"): 422,
    ("POST", "/cookies/save/"): 422,
    ("POST", "/cookies/reading/"): 422,
}


class Answer(NamedTuple):
    status: int
    headers: str
    body: bytes

    @property
    def text(self):
        """Headers and words; of a picture, whose dots are none, the headers."""
        return self.headers + ("" if self.is_picture else self.body.decode(errors="replace"))

    @property
    def is_picture(self):
        return "image/png" in self.headers or "image/jpeg" in self.headers


def ask(server, method, path, headers=None):
    connection = http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=PATIENCE)
    try:
        connection.request(
            method, path, body="" if method == "POST" else None, headers=headers or {}
        )
        answer = connection.getresponse()
        return Answer(answer.status, f"{answer.headers}", answer.read())
    finally:
        connection.close()


def crawl(server):
    """Return everything that a site answers, as what was asked -> Answer."""
    found = {}
    for method, path in ASKED:
        found[f"{method} {path[:40]}"] = ask(server, method, path, FORM if method == "POST" else {})
    found["not from here"] = ask(server, "POST", "/cookies/save/", STRANGE)
    found["of another host"] = ask(server, "GET", "/help/", {"Host": "elsewhere.example"})
    manifest = json.loads((server.data_dir / "editions/current/manifest.json").read_text())
    waiting = list(manifest["items"])
    while waiting:
        path = waiting.pop()
        # The newsroom is for staff; its first page is asked above.
        if path in found or path.startswith(("/admin/", "/leave/")):
            continue
        found[path] = answer = ask(server, "GET", path)
        for link in LINK.findall(answer.text):
            address = urlsplit(unescape("".join(link)).removeprefix(server.url))
            if not address.netloc:
                waiting.append(address.path)
    return found


@pytest.fixture(scope="module")
def second(tmp_path_factory):
    """The sample, as an operator of it has it, with one worker; and what it says before it is printed."""
    folder = tmp_path_factory.mktemp("second")
    server = Server(folder, prepare=False, CONTENT_DIR=str(SAMPLE), EXIT_URL=None)
    try:
        server.start("--workers", "1")
        server.unprinted = ask(server, "GET", "/")
        server.prepare()

        def is_printed():
            return ask(server, "GET", "/").body != server.unprinted.body

        server.wait_until(is_printed)
        yield server
    finally:
        server.close()


@pytest.fixture(scope="module")
def both(server, second):
    """What the two sites answer while both are served."""
    found = crawl(server), crawl(second)
    found[1]["without an edition"] = second.unprinted
    return found


def text_of(answers):
    text = "\n".join(f"{asked}\n{answer.text}" for asked, answer in answers.items())
    return unescape(text.replace("\N{NO-BREAK SPACE}", " "))


def records(folder):
    for file in folder.glob("*.toml"):
        if file.stem not in NOT_CONTENT:
            yield from tomllib.loads(file.read_text(encoding="utf-8")).items()


def words_of(folder):
    """Return the names, numbers and addresses of a folder of the register."""
    words = set()
    for slug, record in records(folder):
        if slug in SHARED:
            continue
        words |= {record["name"], record.get("website")}
        for route in record.get("routes", []):
            words |= {route.get("dial"), route.get("display"), route.get("address")}
    constants = {route.dial for route in emergency.ROUTES.values()}
    return {word for word in words if word} - constants


def colours_of(own):
    return {
        f"--{token}: {palette[token]}"
        for palette in colours.palettes(own)
        for token in colours.TOKENS
    }


def of_the_first(neutral):
    words = {"Nottingham", "Stalking help", "bbc.co.uk", "National Stalking Awareness Week"}
    words |= {"Join Forces", "img/share.", "img/icon.", "css/site.", neutral.url}
    return words | words_of(OWN) | colours_of({})


def of_the_second():
    site = tomllib.loads((SAMPLE / "site.toml").read_text(encoding="utf-8"))
    own = {name: site["look"][name] for name in colours.FIELDS}
    words = {"Merrow", "merrow", "invented", "tides.example", site["look"]["name"]}
    return words | set(site["owner"].values()) | words_of(SAMPLE / "register") | colours_of(own)


def stands(word, text):
    """Return whether a word is in a text; a short number not as a part of another or of a drawing."""
    if word.isdigit() and len(word) < 5:
        return re.search(rf"(?:tel:|call ){word}(?![\w.])", text, re.IGNORECASE) is not None
    return word in text


@pytest.mark.browser
@pytest.mark.server
@pytest.mark.slow
class TestSideBySide:
    def test_both_answer_with_every_page_and_every_refusal(self, both):
        for answers in both:
            statuses = {asked: answers[f"{asked[0]} {asked[1][:40]}"].status for asked in ASKED}
            assert statuses == ASKED
            assert answers["not from here"].status == 403
            assert answers["of another host"].status == 400
            pages = [answer for answer in answers.values() if b"<!doctype html>" in answer.body]
            assert len(pages) > 40
            for end in ("/feed/", "/sitemap.xml", ".css", ".js", ".png"):
                assert [path for path in answers if path.endswith(end)], end
            assert [path for path in answers if "/partners/" in path]
            assert [path for path in answers if "/poster" in path]
            lost = [path for path, answer in answers.items() if answer.status == 404]
            assert sorted(set(lost) - {f"{method} {path}" for method, path in ASKED}) == []

    def test_nothing_of_the_first_is_anywhere_in_the_second(self, both, neutral):
        first, second = map(text_of, both)
        own = of_the_first(neutral)
        assert len(own) > 100
        # Each of them is found where it belongs, but for what was taken off and is not printed.
        assert len([word for word in own if not stands(word, first)]) <= 6
        assert sorted(word for word in own if stands(word, second)) == []

    def test_nothing_of_the_second_is_anywhere_in_the_first(self, both):
        first, second = map(text_of, both)
        own = of_the_second()
        assert len(own) > 20
        assert sorted(word for word in own if not stands(word, second)) == []
        assert sorted(word for word in own if stands(word, first)) == []

    def test_no_file_of_their_own_is_the_same(self, both):
        uploads = [
            {path: hash(answer.body) for path, answer in answers.items() if "/uploads/" in path}
            for answers in both
        ]
        assert all(uploads)
        assert uploads[0].keys().isdisjoint(uploads[1].keys())
        assert set(uploads[0].values()).isdisjoint(uploads[1].values())

    def test_each_page_of_the_second_says_that_it_is_invented(self, both):
        _, second = both
        plain = {"without an edition", "GET /admin/login/"}
        for asked, answer in second.items():
            if b"<!doctype html>" in answer.body and asked not in plain:
                assert "Safe in Port Merrow" in answer.text, asked
                assert "Port Merrow is an invented place" in answer.text, asked
        assert "The rest of this site is not ready" in second["without an edition"].text
        assert "tides.example" in second["GET /leave/"].headers
        assert "team@merrowwatch.example" in second["/.well-known/security.txt"].text

    def test_axe_finds_nothing_in_the_colours_of_the_second(self, browser, second):
        look = tomllib.loads((SAMPLE / "site.toml").read_text(encoding="utf-8"))["look"]
        accent = "getComputedStyle(document.documentElement).getPropertyValue('--accent')"
        with a_tab(browser, second.url, width=320) as page:
            for path in ("/", "/help/", "/cookies/", "/feedback/", "/no-such-page/"):
                page.goto(path)
                assert page.evaluate(accent) == look["accent"]
                assert violations(page, AA) == [], path
                page.emulate_media(color_scheme="dark")
                assert page.evaluate(accent) == look["accent_dark"]
                assert violations(page, CONTRAST) == [], f"{path} in the dark"
                page.emulate_media(color_scheme="light")


def test_its_invented_numbers_are_those_that_are_kept_for_drama():
    numbers = [
        route["dial"]
        for _, record in records(SAMPLE / "register")
        for route in record.get("routes", [])
    ]
    assert len(numbers) == 5
    assert [number for number in numbers if not DRAMA.fullmatch(number)] == []
    assert "that Ofcom keeps for drama" in Path(SAMPLE, "site.toml").read_text(encoding="utf-8")
