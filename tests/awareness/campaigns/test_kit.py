"""Posters, strips, pictures and words of a campaign: from its release and the register."""

from datetime import date, timedelta
from io import BytesIO

import pytest
import segno
import zxingcpp
from django.conf import settings as site_settings
from django.test import Client
from django.utils.html import escape
from PIL import Image

from awareness.campaigns import drawn, kit, out_of_date
from publishing import sources
from publishing.printing import editions
from publishing.printing.printer import print_edition
from signposting import content as signposting
from signposting import releases
from signposting.models import Service
from tests.register import agree_all

from ...content import load
from ..conftest import uk

pytestmark = pytest.mark.long
PAPERS = ["poster", "poster-a5", "strips"]
NUMBER = "0808 802 0300"


@pytest.fixture
def campaign(publish, settings, tmp_path):
    settings.EDITIONS_DIR = tmp_path / "editions"
    settings.MEDIA_ROOT = tmp_path / "uploads"
    settings.STATIC_ROOT = site_settings.BASE_DIR / "static"
    load(signposting)
    for slug in ("safer-browsing", "friends-and-family", "own-behaviour", "reporting"):
        publish(slug)
    publish("home", "site", words="Help.")
    publish("signs", "signs")
    for slug in ("about", "privacy", "accessibility"):
        publish(slug, "site")
    return publish("lamps", kind="campaign", title="Lamp week", theme="A lamp’s light")


@pytest.fixture
def host(campaign, settings):
    """The host that people type. Nothing is printed with it: the gate remembers the address."""
    settings.SITE_URL = "http://help.example.org"
    return "help.example.org"


def text(path):
    answer = Client().get(path)
    assert answer.status_code == 200, path
    return answer.text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize("kind", PAPERS)
def test_paper_has_the_campaign_a_large_number_the_address_in_letters_and_its_date(
    campaign, host, kind
):
    html = text(f"/campaigns/lamps/{kind}/")
    for words in ("Lamp week", "A lamp’s light", "22 to 26 April 2024", NUMBER, "Made on "):
        assert words in html
    assert '<p class="poster__letters">help.example.org</p>' in html
    assert "<svg" in html
    assert "style=" not in html
    assert html.count("poster__call") == 1
    assert html.count('<li><strong class="call">') == (8 if kind == "strips" else 0)


def test_strips_say_nothing_of_the_campaign(campaign, host):
    html = text("/campaigns/lamps/strips/")
    strips = html[html.index('<ul class="strips">') :].split("</ul>")[0]
    assert strips.count(NUMBER) == 8
    for words in ("Lamp", "stalk", "danger", "Helpline"):
        assert words.lower() not in strips.lower()


@pytest.mark.long
def test_everything_is_in_the_edition_and_has_passed_the_gate(campaign):
    result = print_edition()
    assert [
        each for each in result.problems if "lamps" in each.page or "partners" in each.page
    ] == []
    _, items, _ = editions.read(result.number, lambda name, entry, read: read(entry))
    assert {f"/campaigns/lamps/{kind}/" for kind in PAPERS} <= set(items)
    assert {"/partners/", "/partners/embed.txt"} <= set(items)
    html = items["/partners/"].body.decode()
    pictures = [name for name in items if name.startswith("/uploads/") and name in html]
    assert len(pictures) == 3
    listed = {each.path for each in sources.addresses(uk(2026, 11, 26)) if each.listed}
    assert not [path for path in listed if "poster" in path or "partners" in path]


@pytest.mark.long
def test_a_number_that_nobody_agreed_is_held_back_on_a_poster_too(campaign, publish):
    publish("call", kind="campaign", title="Call 0800 555 0199")
    assert [each for each in print_edition().problems if "0800 555 0199" in each.words]


def test_nothing_of_it_stands_in_a_readers_way(campaign):
    for path in ("/", "/help/", "/campaigns/lamps/"):
        html = text(path)
        assert "/partners/" not in html
        assert "poster" not in html
    assert "/partners/" in text("/campaigns/")


@pytest.mark.long
@pytest.mark.parametrize("path", ["/partners/", *(f"/campaigns/lamps/{kind}/" for kind in PAPERS)])
def test_a_shared_address_of_it_says_nothing_of_its_subject(campaign, path):
    html = text(path)
    assert 'name="robots" content="noindex"' in html
    assert "og:" not in html


@pytest.mark.long
def test_pictures_have_the_words_of_the_release_their_date_and_the_address(
    campaign, host, settings
):
    html = text("/partners/")
    found = kit.pictures(campaign.releases.get(), uk(2026, 11, 26))
    sizes = [(width, height) for _, _, width, height, _ in found]
    assert sizes == [(1200, 630), (1080, 1080), (1080, 1920)]
    for _, address, width, height, alt in found:
        assert f'href="{address}" download' in html
        with Image.open(settings.MEDIA_ROOT / address.removeprefix("/uploads/")) as picture:
            assert (picture.format, picture.size) == ("PNG", (width, height))
            assert len(picture.getcolors(100_000)) > 2
        assert alt.startswith(
            "Lamp week. A lamp's light. 22 to 26 April 2024. help.example.org. Made"
        )
        assert escape(alt) in html
    assert kit.pictures(campaign.releases.get(), uk(2027, 1, 1)) == found


@pytest.mark.long
def test_a_long_title_in_any_letters_stays_in_the_picture():
    words = ("Ünbelievably " * 8, "", "1 May 2030", "a-very-long-host-name.example.police.uk", "x")
    for size, (_, width, _) in drawn.SIZES.items():
        with Image.open(
            BytesIO(drawn.draw(size, words, ("#ffffff", "#000000", "#000000")))
        ) as made:
            right = made.crop((width - 8, 0, width, made.height))
            assert right.getcolors(10_000) == [(8 * made.height, (255, 255, 255))]
    assert drawn.plain("Ünder “one” lamp’s") == 'Under "one" lamp\'s'


@pytest.mark.long
@pytest.mark.parametrize("size", drawn.SIZES)
def test_no_line_of_a_picture_stands_on_another(size, monkeypatch):
    spans = []
    write = drawn.write

    def note(pen, lines, left, top):
        write(pen, lines, left, top)
        for line in lines:
            spans.append((top, top + line[3]))
            top += line[3]

    monkeypatch.setattr(drawn, "write", note)
    words = ("National Stalking Awareness Week", "Join forces " * 3, "22 to 26 April 2024")
    drawn.draw(size, (*words, "stalking.example.org", "Made"), ("#ffffff", "#000000", "#000000"))
    assert len(spans) >= 5
    for (_, end), (begin, _) in zip(spans, spans[1:], strict=False):
        assert begin >= end


def test_the_embed_is_a_link_and_a_number_and_runs_nothing(campaign, host):
    html = Client().get("/partners/embed.txt").text
    assert html.count("<a ") == 2
    assert 'href="http://help.example.org/help/"' in html
    assert 'href="tel:08088020300"' in html
    for word in ("script", "iframe", "img", "onclick", "style", "campaign"):
        assert word not in html


def test_the_code_is_read_back_at_two_centimetres_and_300_dots_an_inch(settings, db):
    settings.SITE_URL = "https://stalking-help.nottinghamshire.example.police.uk"
    made = segno.make(kit.where()[0], error="q", micro=False)
    out = BytesIO()
    made.save(out, kind="png", scale=10, border=4)
    dots = round(2 / 2.54 * 300)
    with Image.open(out) as picture:
        small = picture.convert("L").resize((dots, dots), Image.Resampling.LANCZOS)
        assert [each.text for each in zxingcpp.read_barcodes(small)] == [kit.where()[0]]


def test_staff_are_told_which_printed_things_are_out_of_date(campaign, editor_client):
    def told():
        return [each for each in sources.due(timezone_now()) if "Posters" in each]

    assert told() == []
    helpline = Service.objects.get(slug="national-stalking-helpline")
    helpline.routes.filter(pk=helpline.first_route_id).update(
        dial="08088020399", display="0808 802 0399"
    )
    agree_all()
    assert "0808 802 0399" in text("/campaigns/lamps/poster/")
    (said,) = told()
    assert said.startswith("Posters and strips of Lamp week from before")
    assert NUMBER in said
    assert out_of_date.due(timezone_now() + timedelta(days=61)) == []


def test_staff_are_told_too_when_the_helpline_is_taken_off(
    campaign, editor_client, django_user_model
):
    helpline = Service.objects.get(slug="national-stalking-helpline")
    instead = Service.objects.get(slug="paladin")
    user = django_user_model.objects.create_user("ann")
    releases.take_off(helpline, "It is closed.", instead, user)
    assert NUMBER not in text("/campaigns/lamps/poster/")
    (said,) = [each for each in sources.due(timezone_now()) if "Posters" in each]
    assert NUMBER in said


def timezone_now():
    from django.utils import timezone

    return timezone.now()


def test_an_empty_theme_and_one_day_are_no_trouble(campaign, publish):
    publish("day", kind="campaign", theme="", first_day=date(2030, 5, 6), last_day=date(2030, 5, 6))
    assert "6 May 2030" in text("/campaigns/day/poster/")


def test_what_is_read_of_a_picture_is_what_stands_on_it(campaign):
    """Signs that the font has not fall away: what they leave is what the gate has to see."""
    campaign.title, campaign.theme = "Lampą ½ ı week", "Wait 7½ hours"
    [words] = {picture[4] for picture in kit.pictures(campaign.freeze(), uk(2026, 11, 26))}
    assert words.startswith("Lampa 1/2  week. Wait 7.5 hours. 22 to 26 April 2024")
    assert words.isascii()
