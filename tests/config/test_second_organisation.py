"""A second organisation has nothing of the first on any page, file, feed or header.

Its content is the sample of an invented place; the first is the content that comes with the site.
"""

import re
import tomllib
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings as site_settings
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings

from publishing.printing import editions
from publishing.printing.printer import print_edition
from publishing.serving.loaded_edition import LoadedEdition
from safety import emergency, leaving
from safety.headers import security_headers
from safety.identity import colours, in_force

pytestmark = pytest.mark.django_db

SAMPLE = site_settings.BASE_DIR / "samples" / "port-merrow"
OWN = site_settings.BASE_DIR / "signposting" / "content"
# What Ofcom keeps for drama: free numbers, and those of no place.
DRAMA = re.compile(r"0808157\d{4}|0306999\d{4}")
# The same for everybody in the United Kingdom.
SHARED = {"emergency-services", "999-bsl", "relay-uk", "emergency-sms"}


@pytest.fixture(scope="module")
def editions_of_both(django_db_setup, django_db_blocker, tmp_path_factory):
    """Return what readers get of each: address or name -> (text, headers)."""
    found = []
    for folder in ("", str(SAMPLE)):
        data = tmp_path_factory.mktemp("organisation")
        own = override_settings(
            STATIC_ROOT=site_settings.BASE_DIR / "static",
            EDITIONS_DIR=data / "editions",
            MEDIA_ROOT=data / "uploads",
            CONTENT_DIR=folder,
        )
        with own, django_db_blocker.unblock(), transaction.atomic():
            call_command("load_content", stdout=StringIO())
            result = print_edition()
            assert result.problems == []
            found.append(everything(result.number))
            transaction.set_rollback(True)
    return found


def everything(number):
    _, items, parts = editions.read(number, lambda name, entry, read: read(entry))
    served = LoadedEdition(number, security_headers)
    answers = {**served.pages, **served.files}
    found = {
        name: (words_of(item), str(getattr(answers.get(name), "headers", "")))
        for name, item in {**items, **parts}.items()
    }
    exit_url = in_force.exit_of(served.kept)
    found["/leave/"] = ("", str(leaving.leave("GET", b"", 0, exit_url).headers))
    return found


def words_of(item):
    """Return the text of a thing of an edition: the dots of a picture are none."""
    return "" if item.type == "image/png" else item.body.decode(errors="replace")


def records(folder, leave_out=()):
    for file in folder.glob("*.toml"):
        if file.stem not in {"emergency", "areas", "needs", "contact", "link-hosts", *leave_out}:
            yield from tomllib.loads(file.read_text(encoding="utf-8")).items()


def of_the_first():
    """Return the words, numbers, places, colours and files that are the first one's own."""
    words = {"Nottingham", "Stalking help", "bbc.co.uk", "National Stalking Awareness Week"}
    words |= {"Join Forces", "img/share.png", "img/icon.svg", "css/site.css"}
    for slug, record in records(OWN):
        if slug in SHARED:
            continue
        words.add(record["name"])
        for route in record.get("routes", []):
            words |= {route.get("dial"), route.get("display"), route.get("address")}
    for palette in colours.built_in():
        words |= {f"--{token}: {palette[token]}" for token in colours.TOKENS}
    shared = {route.dial for route in emergency.ROUTES.values()}
    return {word for word in words if word} - shared


def text_of(edition):
    text = "\n".join(f"{path}\n{body}\n{headers}" for path, (body, headers) in edition.items())
    return text.replace("\N{NO-BREAK SPACE}", " ")


def stands(word, text):
    """Return whether a word is in a text; a short number not as a part of another or of a drawing."""
    if word.isdigit() and len(word) < 5:
        return re.search(rf"(?:tel:|call ){word}(?![\w.])", text, re.I) is not None
    return word in text


def test_nothing_of_the_first_is_anywhere_in_the_second(editions_of_both):
    first, second = map(text_of, editions_of_both)
    own = of_the_first()
    assert len(own) > 100
    # Each of them is there to be found where it belongs, but for what was taken off.
    assert len([word for word in own if not stands(word, first)]) <= 5
    assert sorted(word for word in own if stands(word, second)) == []


def test_the_second_is_whole_and_says_that_it_is_invented(editions_of_both):
    first, second = editions_of_both
    pages = [path for path in second if path.startswith("/") and second[path][0].startswith("<!")]
    assert len(pages) > 25
    assert {"/", "/help/", "/signs/", "/campaigns/lamps/", "/feed/", "/sitemap.xml"} <= set(second)
    for path in pages:
        assert "Safe in Port Merrow" in second[path][0], path
        assert "Port Merrow is an invented place" in second[path][0], path
    assert "tides.example" in second["/leave/"][1]
    assert "team@merrowwatch.example" in second["/.well-known/security.txt"][0]


def test_its_invented_numbers_are_those_that_are_kept_for_drama():
    numbers = [
        route["dial"]
        for _, record in records(SAMPLE / "register")
        for route in record.get("routes", [])
    ]
    assert len(numbers) == 5
    assert [number for number in numbers if not DRAMA.fullmatch(number)] == []
    assert "that Ofcom keeps for drama" in Path(SAMPLE, "site.toml").read_text(encoding="utf-8")
