"""What is doubted, and where, in every page, feed and data file that readers get."""

import html
import json
import re

import pytest
from django.conf import settings as site_settings
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings

from publishing.printing import editions
from publishing.printing.printer import print_edition
from signposting.open_referral.records import id_of

from ..reading import plain
from .facts import DOUBTS, GONE, GONE_SENTENCES, RECORDS

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

CERTAIN = [slug for slug, (_, grade, _) in RECORDS.items() if grade in ("rule", "owner")]
WHAT_TO_DO = re.compile(r"If it does not work, (call|use) ")
ROW = re.compile(r'<li class="service [^"]*" id="([^"]+)">(.*?)</li>', re.DOTALL)


def words_of(item):
    """Return what an item says, as plain text; what search engines read is part of a page."""
    text = item.body.decode()
    if "json" in item.type:
        return plain(json.dumps(json.loads(text), ensure_ascii=False))
    return plain(html.unescape(re.sub(r"<[^>]*>", " ", text)))


@pytest.fixture(scope="module")
def edition(django_db_setup, django_db_blocker, tmp_path_factory):
    """The launch content, printed."""
    folder = tmp_path_factory.mktemp("edition")
    changed = override_settings(
        EDITIONS_DIR=folder / "editions",
        MEDIA_ROOT=folder / "uploads",
        STATIC_ROOT=site_settings.BASE_DIR / "static",
    )
    with changed, django_db_blocker.unblock(), transaction.atomic():
        call_command("load_content", verbosity=0)
        result = print_edition()
        assert [str(problem) for problem in result.problems] == []
        yield editions.load(result.number)
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def said(edition):
    """Address or name -> what it says: every page, file, feed, data and part."""
    items = {**edition.items, **edition.parts}
    return {
        name: words_of(item)
        for name, item in items.items()
        if item.kind not in ("static", "upload")
    }


@pytest.fixture(scope="module")
def rows(edition):
    found = ROW.findall(edition.items["/help/"].body.decode())
    return {slug: plain(html.unescape(re.sub(r"<[^>]*>", " ", row))) for slug, row in found}


def test_the_crawl_sees_pages_feeds_files_and_data(said):
    api = "/api/open-referral/v3/services/" + id_of("service", "juno")
    names = ["/", "/help/", "/help/juno/", "/feed/", "/sitemap.xml", "/sheet/", api]
    assert [name for name in names if name not in said] == []
    assert "Day and night" in said["/help/juno/"]
    assert "0808 800 0340" in said[api]


@pytest.mark.parametrize("slug", CERTAIN)
def test_no_doubt_stands_beside_a_rule_or_a_services_own_word(said, rows, slug):
    names = [f"/help/{slug}/"] + [name for name in said if name.endswith(id_of("service", slug))]
    assert {name: DOUBTS.findall(said[name]) for name in names if name in said} == {
        name: [] for name in names if name in said
    }
    assert names[0] in said
    assert DOUBTS.findall(rows.get(slug, "")) == []


def test_the_help_page_has_at_most_four_doubts_each_with_what_to_do(said, rows):
    doubted = {slug: row for slug, row in rows.items() if DOUBTS.search(row)}
    assert set(doubted) == {"nsas-women", "nsas-men"}
    assert all(WHAT_TO_DO.search(row) for row in doubted.values())
    doubts = DOUBTS.findall(said["/help/"])
    assert len(doubts) == len(doubted) <= 4


def test_every_doubt_on_a_page_says_what_to_do(edition, said):
    pages = [name for name, item in edition.items.items() if item.kind == "page"]
    doubts = {name: DOUBTS.findall(said[name]) for name in pages if DOUBTS.search(said[name])}
    assert "/help/nsas-women/" in doubts
    unhelpful = {
        name: found
        for name, found in doubts.items()
        if len(found) > len(WHAT_TO_DO.findall(said[name]))
    }
    assert unhelpful == {}


@pytest.mark.parametrize("sentence", GONE_SENTENCES)
def test_words_that_had_to_go_are_nowhere(said, sentence):
    gone = re.compile(rf"\b{re.escape(sentence.lower())}(?!\w)")
    assert gone.search(f"{sentence.lower()}."), "the pattern would find it"
    assert [name for name, words in said.items() if gone.search(words.lower())] == []


def test_their_other_wordings_are_nowhere_either(said):
    assert {name: GONE.findall(words) for name, words in said.items() if GONE.search(words)} == {}
