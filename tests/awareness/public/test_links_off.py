"""A site that one keeper takes off takes no page from readers: they have the words without the link."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from awareness import editing
from awareness.models import Page
from publishing import sources
from signposting import content as signposting
from signposting import releases
from signposting.models import LinkHost, Service

from ...content import load
from ...publishing.gate.spellings import looked_at

pytestmark = pytest.mark.long
HOST = "www.agreed.example"
LINK = f'<a href="https://{HOST}/x?a=1&amp;b=2"><strong>what they say</strong></a>'
OTHER = '<a href="https://www.gov.uk/">the law</a>'
PATH = "/advice/staying-safe/"


@pytest.fixture
def host(publish):
    load(signposting)
    host = LinkHost.objects.create(address=HOST)
    host.agree()
    publish(words=f"Read {LINK} and {OTHER}.")
    return host


def due(host=HOST):
    return [sentence for sentence in sources.due(timezone.now()) if host in sentence]


@pytest.mark.django_db
def test_a_page_keeps_the_words_of_a_link_to_a_site_that_was_taken_off(host, publish):
    shown, problems = looked_at([PATH])
    assert f"https://{HOST}/x" in shown
    assert problems == due() == []
    publish("other", words='<a href="https://Agreed.Example/">The same site</a>.')
    host.take_off()
    shown, problems = looked_at([PATH])
    assert problems == []
    assert HOST not in shown
    assert "Read <strong>what they say</strong> and <a" in shown
    assert "https://www.gov.uk/" in shown
    other, sentence = sorted(due("Agreed.Example") + due())
    assert "“Other”" in other
    assert f"“Staying-safe” ({PATH}) has https://{HOST}/x?a=1&b=2" in sentence


@pytest.mark.django_db
def test_nobody_publishes_a_link_to_one_again_and_once_agreed_again_it_is_back(host):
    host.take_off()
    page = Page.objects.get(slug="staying-safe")
    with pytest.raises(ValidationError, match="was taken off") as refused:
        editing.publish(page)
    assert "Block 1 (text)" in refused.value.messages[0]
    LinkHost.objects.create(address=HOST).agree()
    editing.publish(page)
    assert f"https://{HOST}/x" in looked_at([PATH])[0]
    assert due() == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "words",
    [
        f"Read {HOST}, all of it.",
        f'Read <a href="https://{HOST}/x">https://{HOST}/x</a>, all of it.',
        f'Read <a href="https://{HOST}/"><strong>Agreed.example</strong></a>, all of it.',
    ],
)
def test_words_that_are_its_address_are_not_shown_either(host, publish, words):
    publish("other", words=words)
    host.take_off()
    shown, problems = looked_at(["/advice/other/"])
    assert problems == []
    assert "a site that we do not name now" in shown
    assert "agreed.example" not in shown.lower()
    with pytest.raises(ValidationError, match="was taken off"):
        editing.publish(Page.objects.get(slug="other"))


@pytest.mark.django_db
def test_the_website_of_a_service_that_was_taken_off_takes_no_page_along(
    publish, django_user_model
):
    load(signposting)
    service, other = (
        Service.objects.get(slug=slug)
        for slug in ("revenge-porn-helpline", "national-stalking-helpline")
    )
    website = "https://revengepornhelpline.org.uk"
    publish(words=f'Read <a href="{website}/">what they say</a>, and {website}.')
    assert f'href="{website}/"' in looked_at([PATH])[0]
    assert due(website) == []
    keeper = django_user_model.objects.create_user("ann")
    releases.take_off(service, "Somebody else answers.", other, keeper)
    shown, problems = looked_at([PATH])
    assert problems == []
    assert "Read what they say, and a site that we do not name now." in shown
    assert f"has {website}" in due(website)[0]


@pytest.mark.django_db
def test_of_an_open_site_only_the_page_that_was_taken_off_goes(publish):
    load(signposting)
    for page in ("one", "two"):
        LinkHost.objects.create(address=f"www.facebook.com/{page}").agree()
    links = [
        f'<a href="https://www.facebook.com/{page}">Page {page}</a>' for page in ("one", "two")
    ]
    publish(words=" ".join(links))
    LinkHost.objects.get(address="www.facebook.com/one").take_off()
    shown, problems = looked_at([PATH])
    assert problems == []
    assert "Page one <a" in shown
    assert "facebook.com/one" not in shown
    assert "https://www.facebook.com/two" in shown
