"""What the gate would refuse is not published, so it holds up nobody else."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

import publishing
from awareness import content, editing
from awareness.models import Page, Release, Text
from publishing.models import Print, Wanted
from publishing.printing import editions
from publishing.printing.printer import print_edition
from signposting import content as signposting

from ..content import loaded
from ..publishing.builders import make_edition
from .admin.test_admin import form_data, publishing_address, said, schedule, seen
from .conftest import write

pytestmark = pytest.mark.django_db

BAD = "Call 0808 802 0301 now."
TYPED = "The number 0808 802 0301 is typed into the text."
NOT_NOW = "Not published: readers keep what they had. Mend this, then publish again:"


@pytest.fixture(scope="module", autouse=True)
def launched(django_db_setup, django_db_blocker):
    with loaded(django_db_blocker, signposting, content):
        yield


@pytest.fixture(autouse=True)
def site(launched, settings, tmp_path, monkeypatch):
    """The launch content, and an edition that readers have."""
    settings.EDITIONS_DIR = tmp_path / "editions"
    settings.STATIC_ROOT = settings.BASE_DIR / "static"
    monkeypatch.setattr(publishing, "print_now", print_edition)
    editions.switch(editions.write(make_edition()))


@pytest.fixture
def bad(make_page):
    page = make_page("page")
    write(page, f"{BAD}</p><h2>Who to call</h2><p>{BAD}")
    return page


def public():
    return editions.load(editions.current_number()).items


@pytest.mark.long
def test_publish_shows_each_problem_once_and_makes_no_release(editor_client, bad):
    wanted = Wanted.now()
    answer = editor_client.post(
        publishing_address(bad), {**seen(bad), "action": "publish"}, follow=True
    )
    assert said(answer)[0] == NOT_NOW
    where = "“Page” (/advice/page/)"
    mend = "Choose the service from the register, or put it in the text as [[its-name]]."
    assert f"{where}, under “Who to call”: {TYPED} {mend}" in said(answer)
    assert len(said(answer)) == 3
    assert answer.content.decode().count(TYPED) == 2
    assert not bad.releases.exists()
    assert not Print.objects.exists()
    assert Wanted.now() == wanted


@pytest.mark.long
def test_schedule_is_tried_as_it_will_be_then(editor_client, bad):
    day = (timezone.localdate() + timedelta(days=400)).isoformat()
    assert TYPED in schedule(editor_client, bad, day, "09:00").content.decode()
    assert not Release.objects.filter(page=bad).exists()


@pytest.mark.long
def test_save_and_publish_now_keeps_the_words_but_makes_no_release(editor_client, bad):
    data = form_data(bad, title="New title", _publish="1")
    change = reverse("admin:awareness_page_change", args=[bad.pk])
    answer = editor_client.post(change, data, follow=True)
    assert said(answer)[0] == NOT_NOW
    assert "“New title” (/advice/page/)" in said(answer)[1]
    assert not bad.releases.exists()
    bad.refresh_from_db()
    assert bad.title == "New title"


@pytest.mark.long
def test_going_back_is_tried_too(editor_client, bad):
    old = editing.publish(bad)
    write(bad, "Good words.")
    editing.publish(bad)
    answer = editor_client.post(
        publishing_address(bad), {"action": "revert", "number": old.number}, follow=True
    )
    assert said(answer)[0] == NOT_NOW
    assert bad.releases.count() == 2
    assert "Good words." in Text.objects.get(parent=bad).html


@pytest.mark.long
def test_what_is_mended_is_published_and_seen(editor_client, bad):
    editor_client.post(publishing_address(bad), {**seen(bad), "action": "publish"})
    write(bad, "Call [[999]]. See <a href='/advice/page/#emergency'>this</a>.")
    answer = editor_client.post(
        publishing_address(bad), {**seen(bad), "action": "publish"}, follow=True
    )
    assert said(answer)[-2:] == ["Published release 1.", "The public sees this now."]
    assert b"tel:999" in public()["/advice/page/"].body


@pytest.mark.long
def test_a_page_nobody_publishes_holds_up_nobody(editor_client, bad):
    editor_client.post(publishing_address(bad), {**seen(bad), "action": "publish"})
    other = Page.objects.get(slug="staying-safe")
    answer = editor_client.post(
        publishing_address(other), {**seen(other), "action": "publish"}, follow=True
    )
    assert said(answer)[-1] == "The public sees this now."
    assert "/help/" in public()
    assert "/advice/page/" not in public()


@pytest.mark.long
@pytest.mark.parametrize(
    ("link", "leads"),
    [
        ("/signs/", True),
        ("/help/#main", True),
        ("/help/#nowhere", False),
        ("/advice/draft/", False),
        ("/sitemap.xml", True),
    ],
)
def test_links_are_tried_against_what_is_public(editor_client, make_page, link, leads):
    make_page("draft")
    page = make_page("page")
    write(page, f'<a href="{link}">A link</a>')
    answer = editor_client.post(
        publishing_address(page), {**seen(page), "action": "publish"}, follow=True
    )
    assert (said(answer)[0] == "Published release 1.") == leads
    if not leads:
        assert f"The link “A link” leads to {link}, which is not there." in said(answer)[1]


@pytest.mark.long
def test_a_link_to_what_will_be_public_by_then_may_wait_with_it(editor_client, make_page):
    day = timezone.now() + timedelta(days=400)
    editing.publish(make_page("later"), live_from=day)
    page = make_page("page")
    write(page, '<a href="/advice/later/">Later</a>')
    too_early = editor_client.post(
        publishing_address(page), {**seen(page), "action": "publish"}, follow=True
    )
    assert said(too_early)[0] == NOT_NOW
    day = (timezone.localdate() + timedelta(days=402)).isoformat()
    assert said(schedule(editor_client, page, day, "09:00"))[0].startswith("Release 1 shows from")


def test_a_number_that_is_not_in_the_register_is_told_with_how_to_mend_it(editor_client, make_page):
    page = make_page("page")
    write(page, "Call [[nobody]].")
    answer = editor_client.post(
        publishing_address(page), {**seen(page), "action": "publish"}, follow=True
    )
    assert said(answer)[0] != "Published release 1."
    assert "nobody" in " ".join(said(answer))
    assert not page.releases.exists()


@pytest.mark.long
def test_before_the_first_edition_nothing_is_held_up(editor_client, bad):
    (editions.root() / "current").unlink()
    answer = editor_client.post(
        publishing_address(bad), {**seen(bad), "action": "publish"}, follow=True
    )
    assert said(answer)[0] == "Published release 1."


@pytest.mark.long
def test_no_word_of_a_working_copy_is_anywhere_in_an_edition(settings, tmp_path):
    """Pages, lists, the map of the site, the feed, open data, other pages: all that is printed."""
    settings.MEDIA_ROOT = tmp_path
    unseen = Page.objects.create(kind="campaign", slug="canary", title="Canary", summary="Canary.",
        theme="Canary", first_day="2024-06-03", last_day="2090-01-06")  # fmt: skip
    for page in Page.objects.all():
        page.title = page.summary = "Canary"
        page.position, page.menu = 1, True
        page.save()
        write(page, "Canary")
    assert print_edition().problems == []
    assert "/advice/staying-safe/" in public()
    found = [path for path, item in public().items() if "anary" in path or b"anary" in item.body]
    assert found == []

    editing.publish(unseen)
    assert print_edition().problems == []
    found = {path for path, item in public().items() if "anary" in path or b"anary" in item.body}
    paper = {f"/campaigns/canary/{name}/" for name in ("poster", "poster-a5", "strips")}
    assert found == {
        "/", "/campaigns/", "/campaigns/canary/", "/partners/", "/sitemap.xml", *paper
    }  # fmt: skip
