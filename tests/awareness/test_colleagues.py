"""A draft for a colleague without an account: what it shows, and what it never does."""

import re
import time
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from awareness import content, editing, models
from awareness.models import Page, PreviewLink, Text
from signposting import content as signposting

from ..content import loaded
from .conftest import picture, write

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def launched(django_db_setup, django_db_blocker):
    with loaded(django_db_blocker, signposting, content):
        yield


@pytest.fixture
def site(launched, storage, settings):
    """A page of the launch content, and the files that the gate looks for."""
    settings.STATIC_ROOT = settings.BASE_DIR / "static"
    return Page.objects.get(slug="keeping-a-record")


@pytest.fixture
def links_of(editor_client):
    """Post to the screen of a page's links. Return its answer."""

    def post(page, **sent):
        return editor_client.post(f"/admin/awareness/page/{page.pk}/links/", sent, follow=True)

    return post


def said(answer):
    return [str(message) for message in answer.context["messages"]]


def a_link(page):
    link = PreviewLink.to(page, "editor", timezone.now())
    link.save()
    return link


def read(link, **headers):
    return Client().get(link.get_absolute_url(), **headers)


@pytest.mark.long
def test_a_colleague_sees_what_was_saved_when_the_link_was_made(links_of, site):
    write(site, "Before anybody else, see [[paladin]].")
    answer = links_of(site)
    assert "The link is made." in said(answer)[0]
    link = site.preview_links.get()
    assert link.get_absolute_url() in answer.content.decode()
    assert link.ends_at - link.made_at == timedelta(days=7)
    write(site, "Written later.")
    shown = read(link)
    assert shown.status_code == 200
    assert b"Before anybody else" in shown.content
    assert b"Written later." not in shown.content
    assert b"Before anybody else" not in Client().get("/advice/keeping-a-record/").content


@pytest.mark.long
def test_nothing_in_it_can_be_rung_sent_or_followed_but_the_way_out(site):
    write(site, '<a href="/signs/">Signs</a>, <a href="#main">up</a>, and [[paladin]].')
    site.blocks()  # as an editor saves it
    public = editing.publish(site)
    whole = Client().get(public.get_absolute_url()).content.decode()
    for there in ('href="tel:', 'href="/signs/"', 'href="https://', "<form", 'rel="canonical"'):
        assert there in whole, "the page itself has it"
    shown = read(a_link(site)).content.decode()
    links = re.findall(r"<(?:a|area)\b[^>]*\shref=\"([^\"]*)\"", shown)
    assert set(links) == {"#main", "#cannot-speak", "/leave/"}
    assert "action=" not in shown
    assert 'rel="canonical"' not in shown
    for form in re.findall(r"<form[^>]*>", shown):
        assert "inert" in form


@pytest.mark.long
def test_it_says_what_it_is_above_everything(site):
    shown = read(a_link(site)).content.decode()
    assert re.search(r"<body>\s*<link[^>]*/draft\.[^>]*><p class=\"draft-banner\"", shown)
    assert "Draft, not for the public." in shown
    assert 'tel:999"' not in shown
    assert "999" in shown, "the emergency card is there to read"


@pytest.mark.long
def test_it_is_kept_nowhere_found_nowhere_framed_nowhere_and_sets_nothing(site):
    for answer in (read(a_link(site)), Client().get("/preview/nothing/")):
        assert answer["Cache-Control"] == "no-store"
        assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
        assert not answer.cookies
    assert read(a_link(site))["X-Robots-Tag"] == "noindex, nofollow"


@pytest.mark.long
@pytest.mark.parametrize("ended", ["revoked", "over"])
def test_it_shows_nothing_once_it_is_revoked_or_over(links_of, site, ended):
    write(site, "Only for a while.")
    link = a_link(site)
    assert b"Only for a while." in read(link).content
    if ended == "revoked":
        assert said(links_of(site, revoke=link.pk)) == ["Revoked. The link shows nothing any more."]
    else:
        week = timedelta(days=7)
        PreviewLink.objects.update(made_at=link.made_at - week, ends_at=link.ends_at - week)
    answer = read(link)
    assert answer.status_code == 410
    assert b"Only for a while." not in answer.content
    assert b'href="tel:999"' in answer.content
    screen = links_of(site, revoke=link.pk).content.decode()
    assert link.token not in screen
    assert "Revoke<" not in screen


def test_an_unknown_token_is_an_ordinary_404_with_the_emergency_card(site):
    for address in ("/preview/nothing/", "/preview/nothing/pictures/a.jpg", "/preview/"):
        answer = Client().get(address)
        assert answer.status_code == 404
        assert b'href="tel:999"' in answer.content


@pytest.mark.long
def test_a_link_is_not_made_of_what_the_gate_refuses(links_of, site):
    Text.objects.filter(parent=site).delete()
    Text.objects.create(parent=site, region="main", ordering=10, html="<p>Call 020 7946 0958.</p>")
    answer = links_of(site)
    assert "No link was made" in said(answer)[0]
    assert any("020 7946 0958" in sentence for sentence in said(answer))
    assert not site.preview_links.exists()


def test_what_the_gate_would_refuse_by_now_is_shown_no_more(site):
    write(site, "Call 020 7946 0958.")
    link = a_link(site)  # past the screen that would refuse it
    answer = read(link)
    assert answer.status_code == 410
    assert b"7946" not in answer.content


def test_it_obeys_leaving(site):
    client = Client()
    client.cookies["pause"] = str(int(time.time()) + 300)
    link = a_link(site)
    answer = client.get(link.get_absolute_url())
    assert answer.status_code == 200
    assert b"Draft" not in answer.content
    assert answer.content == client.get("/signs/").content, "the cover"


@pytest.mark.long
def test_its_pictures_are_shown_with_it_and_end_with_it(site, storage):
    name = f"{'a' * 32}.jpg"
    (storage / name).write_bytes(picture())
    sizes = [{"file": name, "width": 640, "height": 320}]
    models.Image.objects.create(parent=site, region="main", ordering=99, alt="A hill", sizes=sizes)
    link = a_link(site)
    shown = read(link).content.decode()
    address = f"{link.get_absolute_url()}pictures/{name}"
    assert address in shown
    assert "/uploads/" not in shown
    answer = Client().get(address)
    assert b"".join(answer.streaming_content) == picture()
    assert answer["Cache-Control"] == "no-store"
    assert "sandbox" in answer["Content-Security-Policy"]
    (storage / f"{'b' * 32}.jpg").write_bytes(picture())
    assert Client().get(address.replace("a" * 32, "b" * 32)).status_code == 404, "not of this draft"
    link.revoke(timezone.now())
    assert Client().get(address).status_code == 410


def test_only_reading_is_allowed(site):
    assert Client().post(a_link(site).get_absolute_url()).status_code == 405


def test_the_screen_is_for_who_may_change_pages(client, site, django_user_model):
    address = f"/admin/awareness/page/{site.pk}/links/"
    client.force_login(django_user_model.objects.create_user("other", is_staff=True))
    assert client.get(address).status_code == 403
    assert client.post(address).status_code == 403
    assert not site.preview_links.exists()


@pytest.mark.long
def test_a_link_of_another_page_is_not_revoked(links_of, site):
    other = Page.objects.exclude(pk=site.pk).first()
    link = a_link(other)
    for number in (link.pk, "x", "9" * 30):
        assert said(links_of(site, revoke=number)) == [
            "There is no such link. Choose one from the list."
        ]
    assert read(link).status_code == 200


def test_it_ends_after_it_was_made(make_page):
    link = PreviewLink.to(make_page("made"), "editor", timezone.now())
    link.ends_at = link.made_at
    with pytest.raises(ValidationError, match="A link must end after it was made"):
        link.validate_constraints()
    with pytest.raises(IntegrityError), transaction.atomic():
        link.save()


def test_long_after_its_end_nothing_is_known_of_it(make_page):
    kept, old = a_link(make_page("kept")), a_link(make_page("old"))
    for link, days in ((kept, 29), (old, 31)):
        end = timezone.now() - timedelta(days=days)
        PreviewLink.objects.filter(pk=link.pk).update(made_at=end - timedelta(days=7), ends_at=end)
    assert PreviewLink.objects.delete_old() == 1
    assert PreviewLink.objects.get() == kept
    assert read(kept).status_code == 410
    assert read(old).status_code == 404
