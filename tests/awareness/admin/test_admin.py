"""What comms staff can do with a page, and what the admin tells them."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.utils import timezone

import publishing
from awareness.admin import edit_conflicts
from awareness.models import Block, Image, Page, Release, Text
from publishing.printing.printer import Result
from publishing.problems import Problem
from signposting.opening_hours import uk_time

from ..conftest import picture, upload, write

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def printed(monkeypatch):
    """What a print would answer; tests append the Result they need. None: still printing."""
    results = []
    monkeypatch.setattr(publishing, "print_now", lambda: results.pop() if results else None)
    return results


def publishing_address(page):
    return f"/admin/awareness/page/{page.pk}/publishing/"


def seen(page):
    """Return what a screen carries of the working copy that it shows."""
    return {"seen": edit_conflicts.state(page)}


def form_data(page, **changes):
    """Return what the browser sends when the page's form is saved as it stands."""
    data = {
        name: "" if (value := getattr(page, name)) is None else value
        for name in ("kind", "title", "slug", "summary", "theme", "position")
    }
    data |= {"menu": "on", **seen(page)}
    for type_, model in Block.kinds.items():
        prefix = f"awareness_{type_}_set"
        blocks = list(model.objects.filter(parent=page)) if page.pk else []
        data |= {f"{prefix}-TOTAL_FORMS": len(blocks), f"{prefix}-INITIAL_FORMS": len(blocks)}
        for place, block in enumerate(blocks):
            data |= {
                f"{prefix}-{place}-{field.name}": field.value_from_object(block)
                for field in model._meta.fields
                if field.editable
            }
    return data | changes


def said(response):
    """Return the messages on the page that follows."""
    return [str(message) for message in response.context["messages"]]


def test_an_editor_may_edit_and_publish_and_nothing_of_others(editor):
    mine = {"awareness.change_page", "awareness.publish_page", "awareness.add_text"}
    assert all(editor.has_perm(permission) for permission in mine)
    others = {
        *("awareness.add_release", "awareness.change_release", "awareness.delete_release"),
        *("awareness.change_feedback", "awareness.delete_feedback"),
        *("signposting.change_service", "auth.change_user"),
    }
    assert not any(editor.has_perm(permission) for permission in others)


@pytest.mark.long
def test_saving_changes_the_working_copy_alone(editor_client, publish, text_of):
    page = publish("page", words="First.")
    data = form_data(page, **{"awareness_text_set-0-html": "<p>Draft.</p>"})
    answer = editor_client.post(f"/admin/awareness/page/{page.pk}/change/", data, follow=True)
    assert answer.status_code == 200
    assert Text.objects.get().html == "<p>Draft.</p>"
    assert Release.objects.count() == 1
    assert "First." in text_of("/advice/page/")
    shown = editor_client.get(f"/admin/awareness/page/{page.pk}/change/").content.decode()
    assert "The working copy has changes that are not published." in shown


@pytest.mark.long
def test_save_and_publish_now(editor_client, make_page, printed, text_of):
    page = make_page("page")
    printed.append(Result(7))
    data = form_data(page, title="New title", _publish="Save and publish now")
    answer = editor_client.post(f"/admin/awareness/page/{page.pk}/change/", data, follow=True)
    assert said(answer) == ["Published release 1.", "The public sees this now."]
    assert answer.request["PATH_INFO"] == f"/admin/awareness/page/{page.pk}/change/"
    assert "New title" in text_of("/advice/page/")
    assert Release.objects.get().author == "editor"
    assert LogEntry.objects.first().get_change_message() == "Published release 1."


def test_a_new_page_can_be_published_as_it_is_added(editor_client, text_of):
    data = form_data(Page(kind="advice", slug="new", title="New", summary="New."), _publish="1")
    editor_client.post("/admin/awareness/page/add/", data)
    assert "New" in text_of("/advice/new/")


@pytest.mark.long
def test_words_that_are_refused_say_why_beside_the_field(editor_client, make_page):
    page = make_page("page")
    data = form_data(page, **{"awareness_text_set-0-html": '<p><a href="tel:1">x</a></p>'})
    answer = editor_client.post(f"/admin/awareness/page/{page.pk}/change/", data)
    assert answer.status_code == 200
    assert "Do not type a link to a number (tel:1)" in answer.content.decode()
    assert "tel:1" not in Text.objects.get().html


@pytest.mark.long
def test_publish_now_on_the_publishing_screen_and_what_the_print_says(
    editor_client, make_page, printed
):
    page = make_page("page")
    held_up = Problem("“Page” (/advice/page/)", "The number is not there.", "Choose another.")
    for result, sentence in [
        (None, "It is being printed. Readers see it in a moment."),
        (Result(3), "The public sees this now."),
        (Result(None, [held_up]), "Readers keep the last edition until that is mended."),
        (Result(None, pinned=2), "Edition 2 is pinned."),
    ]:
        printed.append(result)
        answer = editor_client.post(
            publishing_address(page),
            {**seen(page), "action": "publish", "publish-note": "Why."},
            follow=True,
        )
        assert said(answer)[0].startswith("Published release ")
        assert said(answer)[-1].startswith(sentence)
    assert set(Release.objects.values_list("note", flat=True)) == {"Why."}


def schedule(client, page, day, clock, **until):
    data = {
        **seen(page),
        "action": "schedule",
        "schedule-live_from_0": day,
        "schedule-live_from_1": clock,
    }
    data |= {f"schedule-live_until_{name}": value for name, value in until.items()}
    return client.post(publishing_address(page), data, follow=True)


@pytest.mark.long
def test_schedule_and_cancel(editor_client, publish):
    page = publish("page")
    day = (timezone.localdate() + timedelta(days=400)).isoformat()
    answer = schedule(editor_client, page, day, "09:00")
    release = page.releases.get(number=2)
    assert timezone.localtime(release.live_from, uk_time.LONDON).strftime("%Y-%m-%d %H:%M") == (
        f"{day} 09:00"
    )
    words = uk_time.words(release.live_from)
    assert said(answer)[0] == f"Release 2 shows from {words}."
    assert f"At {words} release 2 takes its place." in answer.content.decode()
    assert "The public sees this now." not in said(answer)
    answer = editor_client.post(
        publishing_address(page), {"action": "cancel", "number": "2"}, follow=True
    )
    assert said(answer)[0] == "Cancelled release 2. It will not be shown."
    assert "takes its place" not in answer.content.decode()
    answer = editor_client.post(
        publishing_address(page), {"action": "cancel", "number": "2"}, follow=True
    )
    assert "cancelled already" in said(answer)[0]


@pytest.mark.long
@pytest.mark.parametrize(
    ("day", "clock", "until", "sentence"),
    [
        ("2027-03-28", "01:30", {}, "there is no 1:30am that day"),
        ("2027-10-31", "01:30", {}, "so 1:30am comes twice that day"),
        ("2020-01-01", "09:00", {}, "That time has passed."),
        ("2090-01-02", "09:00", {"0": "2090-01-01", "1": "09:00"}, "It must end after it begins."),
        ("2090-01-02", "", {}, "Give a day and a time"),
        ("", "", {}, "Give a day and a time."),
        ("2027-13-01", "09:00", {}, "There is no such day."),
        ("\x00", "09:00", {}, "We do not understand this date."),
    ],
)
def test_a_schedule_that_cannot_be_says_why(
    editor_client, make_page, settings, monkeypatch, day, clock, until, sentence
):
    page = make_page("page")
    answer = schedule(editor_client, page, day, clock, **until)
    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert not Release.objects.exists()


@pytest.mark.long
def test_withdraw_revert_and_discard(editor_client, publish, text_of):
    page = publish("page", words="First.")

    def post(**data):
        return editor_client.post(publishing_address(page), seen(page) | data, follow=True)

    assert said(post(action="withdraw"))[0].startswith("Withdrawn.")
    assert "This page has been taken down" in text_of("/advice/page/")
    assert said(post(action="revert", number="1"))[0] == "Release 1 is back, as release 3."
    assert "First." in text_of("/advice/page/")
    write(page, "Draft.")
    assert "Tick the box" in post(action="discard").content.decode()
    assert "Draft." in Text.objects.get().html
    assert said(post(action="discard", **{"discard-sure": "on"}))[0] == (
        "The working copy is release 3 again."
    )
    assert "First." in Text.objects.get().html


@pytest.mark.long
@pytest.mark.parametrize("number", ["", "9", "x", "-1", "1" * 40, "²", "\x00"])
def test_a_release_that_is_not_there_is_said_to_be_missing(editor_client, publish, number):
    page = publish("page")
    for action in ("cancel", "revert"):
        answer = editor_client.post(
            publishing_address(page), {"action": action, "number": number}, follow=True
        )
        assert answer.status_code == 200
        assert "release" in said(answer)[0]
    assert Release.objects.count() == 1


@pytest.mark.long
def test_without_the_permission_nobody_publishes(client, editor, publish):
    page = publish("page")
    editor.groups.clear()
    editor.user_permissions.set(
        p for p in editing_permissions() if p.codename in ("change_page", "view_page")
    )
    client.force_login(editor)
    assert client.get(publishing_address(page)).status_code == 403
    assert client.post(publishing_address(page), {"action": "withdraw"}).status_code == 403
    client.post(f"/admin/awareness/page/{page.pk}/change/", form_data(page, _publish="1"))
    assert Release.objects.count() == 1
    text = client.get(f"/admin/awareness/page/{page.pk}/change/").content.decode()
    assert "Save and publish now" not in text


def editing_permissions():
    from django.contrib.auth.models import Permission

    return Permission.objects.filter(content_type__app_label="awareness")


@pytest.mark.long
def test_a_published_page_offers_no_deletion_and_keeps_its_kind(editor_client, publish, make_page):
    page, draft = publish("page"), make_page("draft")
    assert editor_client.get(f"/admin/awareness/page/{page.pk}/delete/").status_code == 403
    assert editor_client.get(f"/admin/awareness/page/{draft.pk}/delete/").status_code == 200
    data = form_data(page, kind="signs", slug="elsewhere")
    editor_client.post(f"/admin/awareness/page/{page.pk}/change/", data)
    page.refresh_from_db()
    assert (page.kind, page.slug) == ("advice", "elsewhere")
    signs = publish("signs", kind="signs")
    data = form_data(signs, slug="elsewhere")
    editor_client.post(f"/admin/awareness/page/{signs.pk}/change/", data)
    signs.refresh_from_db()
    assert signs.slug == "signs"


@pytest.mark.long
def test_search_finds_words_inside_blocks(editor_client, every_block, make_page):
    make_page("another", words="Fish &amp; chips.")

    def found(words):
        listed = editor_client.get("/admin/awareness/page/", {"q": words}).context["cl"]
        return [page.slug for page in listed.result_list]

    for words in ("hacking", "Nurse", "poster", "may be", "Chrome", "About page", "profiles nurse"):
        assert found(words) == ["page"], words
    assert found("fish &") == ["another"]
    assert found("hacking chips") == []


@pytest.mark.long
def test_a_link_to_the_public_page_stands_only_where_there_is_one(
    editor_client, make_page, publish
):
    draft, page = make_page("draft"), publish("page")
    for found, public in ((draft, False), (page, True)):
        text = editor_client.get(f"/admin/awareness/page/{found.pk}/change/").content.decode()
        assert ("View on site" in text) == public
        assert (
            "See the public page" in editor_client.get(publishing_address(found)).content.decode()
        ) == public


@pytest.mark.long
def test_a_published_page_that_is_no_campaign_asks_for_no_days(editor_client, make_page, publish):
    pages = {make_page("draft"): True, publish("page"): False, publish("w", kind="campaign"): True}
    for page, asked in pages.items():
        text = editor_client.get(f"/admin/awareness/page/{page.pk}/change/").content.decode()
        assert ("Campaigns only" in text) == asked


def test_a_picture_that_no_reader_has_is_shown_to_staff_only(editor_client, db, storage):
    name = f"{'a' * 32}.jpg"
    (storage / name).write_bytes(picture())
    shown = editor_client.get(f"/uploads/{name}")
    assert (shown.status_code, b"".join(shown.streaming_content)) == (200, picture())
    assert shown["Cache-Control"] == "no-store"
    stranger = Client()
    assert stranger.get(f"/uploads/{name}").status_code == 404
    stranger.cookies["sessionid"] = "made-up"
    assert stranger.get(f"/uploads/{name}").status_code == 404


@pytest.mark.long
def test_an_image_is_uploaded_drawn_again_and_kept(editor_client, make_page, storage, text_of):
    page = make_page("page")
    new = {"parent": page.pk, "region": "main", "ordering": 20, "alt": "A poster"}
    data = form_data(page, **{"awareness_image_set-TOTAL_FORMS": 1})
    data |= {f"awareness_image_set-0-{name}": value for name, value in new.items()}
    url = f"/admin/awareness/page/{page.pk}/change/"
    assert "Choose a picture." in editor_client.post(url, data).content.decode()
    data["awareness_image_set-0-upload"] = upload(b"<svg/>", "a.jpg")
    assert (
        "This is not a JPEG, PNG or WebP picture." in editor_client.post(url, data).content.decode()
    )
    data["awareness_image_set-0-upload"] = upload(picture(), "Holiday with Ann.jpg")
    refused = editor_client.post(url, data | {"_publish": "1"})
    assert "tick that it holds no number, address or code" in refused.text
    assert not Release.objects.exists()
    data["awareness_image_set-0-no_contacts"] = "on"
    data["awareness_image_set-0-upload"] = upload(picture(), "Holiday with Ann.jpg")
    assert editor_client.post(url, data | {"_publish": "1"}).status_code == 302
    text = text_of("/advice/page/")
    release = Release.objects.get()
    assert len(release.images) == 4  # two sizes, each as JPEG and as WebP
    assert all(f"/uploads/{name} " in text and (storage / name).exists() for name in release.images)
    assert "Holiday" not in text
    # It is asked of a new picture, not each time.
    block = Image.objects.get()
    data = form_data(page, title="Another title") | {
        "awareness_image_set-TOTAL_FORMS": 1,
        "awareness_image_set-INITIAL_FORMS": 1,
        **{f"awareness_image_set-0-{name}": value for name, value in new.items()},
        "awareness_image_set-0-id": block.pk,
    }
    assert editor_client.post(url, data).status_code == 302
    data = form_data(page) | {k: v for k, v in data.items() if "image_set" in k}
    data["awareness_image_set-0-upload"] = upload(picture(size=(300, 200)))
    assert "tick that it holds no number" in editor_client.post(url, data).text


@pytest.mark.long
def test_helplines_offer_the_register_with_the_chosen_first(editor_client, every_block):
    text = editor_client.get(f"/admin/awareness/page/{every_block.pk}/change/").content.decode()
    services = text.partition('id="id_awareness_helplines_set-0-services"')[2]
    assert services.index('value="national-stalking-helpline"') < services.index('value="galop"')


def test_the_list_says_what_readers_see(
    editor_client, publish, make_page, django_assert_max_num_queries
):
    publish("one")
    with django_assert_max_num_queries(34) as asked:
        editor_client.get("/admin/awareness/page/")
    publish("two")
    make_page("three")
    with django_assert_max_num_queries(len(asked)):
        text = editor_client.get("/admin/awareness/page/").content.decode()
    assert text.count('<span class="tag">public</span>') == 2
    assert text.count('<span class="tag">not published</span>') == 1


def test_the_first_screen_begins_with_what_an_editor_came_for(editor_client):
    text = editor_client.get("/admin/").content.decode()
    assert 'href="/admin/awareness/page/">Change a page</a>' in text
    assert "Read what readers said" in text
    assert "Look after the register" not in text
    parts = ["What the public sees", "Waiting for you", "Every list", "Pages and feedback"]
    assert [text.index(part) for part in parts] == sorted(text.index(part) for part in parts)
    assert editor_client.get("/admin/").context["app_list"][0]["app_label"] == "awareness"
