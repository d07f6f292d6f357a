"""What a campaign's page tells search engines is what it tells readers."""

import json
import re

from django.utils import timezone

from awareness import editing
from awareness.models import Quotation, Release

from .conftest import begin, uk

WORDS = {"text": "It is not your fault.", "name": "Ann Example", "role": "Advocate"}


def data_of(html):
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html)[1])


def seen(html):
    """Return the words of the page's main part, without its tags."""
    return re.sub(r"<[^>]*>", "", html.split("<main")[1].split("</main>")[0])


def test_a_campaign_is_an_article_about_its_week(backdated, publish, text_of):
    page = publish("2024", "campaign", theme="Join Forces")
    begin(page.releases.get(), uk(2026, 3, 9, 12))
    html = text_of("/campaigns/2024/", uk(2026, 11, 22, 9))
    data = data_of(html)
    assert (data["@type"], data["headline"]) == ("Article", "2024")
    assert data["about"] == "Join Forces"
    assert data["temporalCoverage"] == "2024-04-22/2024-04-26"
    assert "Event" not in json.dumps(data), "an Event has a place to go to"
    assert data["datePublished"] == "2026-03-09"
    for words in ("Join Forces", "22 to 26 April 2024", "9 March 2026", data["description"]):
        assert words in seen(html)


def test_every_number_in_it_is_visible_on_the_page(publish, text_of):
    publish("2024", "campaign", theme="Join Forces")
    html = text_of("/campaigns/2024/")
    data = data_of(html)
    dates = [*data.pop("temporalCoverage").split("/"), data.pop("datePublished")]
    for date in dates:
        year, _, day = date.split("-")
        assert {year, str(int(day))} <= set(re.findall(r"\d+", seen(html)))
    del data["about"], data["url"]
    digits = re.findall(r"\d+", json.dumps(data))
    assert set(digits) <= set(re.findall(r"\d+", seen(html)))


def test_only_who_agreed_is_quoted_to_search_engines(publish, text_of):
    page = publish("2024", "campaign")
    block = Quotation.objects.create(parent=page, region="main", ordering=20, **WORDS)
    editing.publish(page)
    html = text_of("/campaigns/2024/", timezone.now())
    assert WORDS["text"] in seen(html)
    assert "hasPart" not in data_of(html)
    Quotation.objects.filter(pk=block.pk).update(permission="confirmed")
    editing.publish(page)
    html = text_of("/campaigns/2024/", timezone.now())
    assert Release.objects.count() == 3
    assert data_of(html)["hasPart"] == [
        {
            "@type": "Quotation",
            "text": WORDS["text"],
            "spokenByCharacter": {
                "@type": "Person",
                "name": WORDS["name"],
                "jobTitle": WORDS["role"],
            },
        }
    ]


def test_a_title_cannot_end_the_script_element(publish, text_of):
    publish("2024", "campaign", title="</script><b>")
    html = text_of("/campaigns/2024/")
    assert data_of(html)["headline"] == "</script><b>"
    assert "</script><b>" not in html


def test_the_owner_is_the_author_once_there_is_one(publish, text_of, settings):
    publish("2024", "campaign")
    settings.SITE_OWNER = ""
    assert "author" not in data_of(text_of("/campaigns/2024/"))
    settings.SITE_OWNER = "Example Police"
    author = data_of(text_of("/campaigns/2024/"))["author"]
    assert author == {"@type": "Organization", "name": "Example Police"}
