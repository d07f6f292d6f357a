"""What readers find at the addresses of this app at launch."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from awareness import content
from publishing import sources
from signposting import content as register
from signposting.models import Check, Service
from tests.register import agree_all

from ...content import loaded
from ..conftest import uk

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def launched(django_db_setup, django_db_blocker):
    with loaded(django_db_blocker, register, content):
        yield


@pytest.mark.long
def test_every_address_of_the_launch_content_answers(client):
    addresses = [a.path for a in sources.registered["awareness"].addresses(uk(2026, 11, 22, 9))]
    assert {"/", "/campaigns/", "/feedback/"} <= set(addresses)
    assert {path: client.get(path).status_code for path in addresses} == dict.fromkeys(
        addresses, 200
    )


@pytest.mark.long
def test_the_cookie_question_comes_once_after_the_first_words_of_every_page(client):
    pages = [a.path for a in sources.addresses(timezone.now()) if a.kind == "page"]
    assert len(pages) > 30
    for path in [*pages, "/no-such-page/"]:
        before, _, after = client.get(path).content.decode().partition('id="choice"')
        assert "</h1>" in before, path
        assert after.count('id="choice"') == 0, path
        assert "</main>" in after, path


@pytest.mark.long
def test_a_page_that_may_say_what_is_open_has_the_script_for_it(client):
    today = timezone.localdate()
    for service in Service.objects.exclude(first_route=None):
        due = today + timedelta(days=90)
        check = Check(service=service, how="confirmed", where="Manager", day=today, due=due)
        check.record(service.routes.exclude(hours="unknown"))
    agree_all()
    pages = {
        a.path: client.get(a.path).content
        for a in sources.registered["awareness"].addresses(timezone.now())
    }
    saying = {path for path, page in pages.items() if b" data-opening=" in page}
    assert saying
    assert saying == {path for path, page in pages.items() if b"js/opening." in page}


def test_home_has_the_first_numbers_large_and_from_the_register(client, text_of):
    front = text_of("/").split('class="front"')[1].split('class="row')[0]
    for digits, words in [("08088020300", "0808\xa0802\xa00300"), ("101", "101")]:
        assert re.search(
            f'<a class="ring" href="tel:{digits}">(<span [^>]*></span>)?{words}</a>', front
        )
    said = " ".join(re.sub("<[^>]+>", "", front).split())
    assert "Free. Weekday daytimes. Shut at night: then call Victim Support: " in said
    Service.objects.filter(slug="national-stalking-helpline").update(
        status="withheld", withheld_because="It rang out."
    )
    agree_all()
    front = text_of("/")
    assert "08088020300" not in front
    assert "Now call Victim Support: " in front


def sharing(client, path):
    head = client.get(path).content.decode().partition("</head>")[0]
    return head, dict(re.findall(r'<meta property="og:(\w+)" content="([^"]*)">', head))


@pytest.mark.long
@pytest.mark.parametrize("path", ["/", "/help/", "/signs/", "/advice/staying-safe/", "/sheet/"])
def test_a_shared_address_says_nothing_of_its_subject(client, settings, path):
    head, told = sharing(client, path)
    assert f'<link rel="canonical" href="{settings.SITE_URL}{path}">' in head
    assert told["url"] == settings.SITE_URL + path
    said = f"{told['title']} {told['description']} {told['image']}".lower()
    assert not [word for word in ("stalk", "help", "police", "abuse", "danger") if word in said]


def test_a_campaign_is_shared_as_itself(client):
    _, told = sharing(client, "/campaigns/2024/")
    assert told["title"] == "National Stalking Awareness Week 2024"
    assert told["type"] == "article"


@pytest.mark.parametrize("path", ["/cookies/?from=/help/", "/feedback/thanks/"])
def test_what_nobody_needs_to_find_is_not_indexed(client, path):
    head, told = sharing(client, path)
    assert '<meta name="robots" content="noindex">' in head
    assert not told
    listed = [a.path for a in sources.addresses(timezone.now()) if a.listed]
    assert path.partition("?")[0] not in listed


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/signs/", "The signs of stalking - Stalking help"),
        ("/cookies/", "Cookies - Stalking help"),
        ("/sheet/", "Sheet to print"),
    ],
)
def test_a_title_says_the_page_and_the_site(client, path, title):
    """But for the sheet, which promises that its title does not say what it is about."""
    assert f"<title>{title}</title>" in client.get(path).content.decode()
