"""Drafts: kept for whoever typed them, seen by nobody else, forgotten when they are saved."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone

from awareness.models import Page
from safety.drafts.models import Draft, delete_old

pytestmark = pytest.mark.django_db

SAME = {"HTTP_SEC_FETCH_SITE": "same-origin"}
ADD = "/admin/awareness/page/add/"


def staff(users, name):
    user = users.objects.create_user(name, password="a-long-password", is_staff=True)
    user.user_permissions.add(*Permission.objects.filter(content_type__app_label="awareness"))
    return user


@pytest.fixture
def ann(django_user_model):
    return staff(django_user_model, "ann")


@pytest.fixture
def desk(client, ann):
    client.force_login(ann)
    return client


def keep(client, address=ADD, user="ann", key=None, extra=SAME, **fields):
    sent = {
        "key": str(key or uuid4()),
        "user": user,
        "address": address,
        "title": "Add page",
        "fields": [*fields.items()],
    }
    return client.post("/admin/drafts/keep/", json.dumps(sent), "application/json", **extra)


def head(page, **changes):
    names = ("kind", "title", "slug", "summary", "theme", "position")
    return {name: getattr(page, name) for name in names} | changes


@pytest.mark.long
def test_what_was_typed_is_in_the_form_again_with_no_error_and_a_word_on_it(desk):
    assert keep(desk, title="A week", kind="campaign").status_code == 200
    answer = desk.get(ADD)
    page = answer.content.decode()
    assert 'value="A week"' in page
    assert "What you typed and did not save is in the form below." in page
    assert "This field is required" not in page
    assert "errornote" not in page
    assert not Page.objects.exists()


def test_the_answer_brings_a_token_that_the_form_can_be_sent_with(ann):
    from django.test import Client

    checked = Client(enforce_csrf_checks=True)
    checked.force_login(ann)
    answer = keep(checked, title="A week")
    sent = {"csrfmiddlewaretoken": answer.json()["token"], "title": "A week"}
    assert checked.post(ADD, sent).status_code == 200
    assert checked.post(ADD, sent | {"csrfmiddlewaretoken": "old"}).status_code == 403


@pytest.mark.long
def test_nobody_else_is_shown_a_draft(desk, client, django_user_model):
    keep(desk, title="Only Ann's")
    client.force_login(staff(django_user_model, "bob"))
    for address in (ADD, "/admin/"):
        assert "Only Ann" not in client.get(address).content.decode()
    assert keep(client, title="Bob's").status_code == 409
    draft = Draft.objects.get()
    client.post("/admin/drafts/discard/", {"draft": str(draft.key)})
    taken = keep(client, user="bob", key=draft.key, title="Bob's")
    assert taken.status_code == 409
    assert Draft.objects.get().fields == [["title", "Only Ann's"]]


@pytest.mark.long
def test_a_draft_is_of_one_form_and_the_newest_is_taken_up(desk):
    keep(desk, title="First")
    keep(desk, title="Second")
    keep(desk, address="/admin/awareness/page/1/change/", title="Another page")
    assert 'value="Second"' in desk.get(ADD).content.decode()


def test_keeping_again_keeps_one(desk):
    key = uuid4()
    keep(desk, key=key, title="A")
    keep(desk, key=key, title="A week")
    assert [draft.fields for draft in Draft.objects.all()] == [[["title", "A week"]]]


def test_asking_keeps_nothing(desk):
    sent = {"key": str(uuid4()), "user": "ann", "address": ADD, "title": "", "fields": None}
    answer = desk.post("/admin/drafts/keep/", json.dumps(sent), "application/json", **SAME)
    assert answer.json()["token"]
    assert not Draft.objects.exists()


@pytest.mark.long
def test_what_is_saved_is_forgotten_and_what_is_refused_is_kept(desk):
    page = Page.objects.create(kind="advice", slug="one", title="One", summary="First.")
    address = f"/admin/awareness/page/{page.pk}/change/"
    seen = desk.get(address).context["seen"]
    key, other = uuid4(), uuid4()
    keep(desk, address, key=other, title="In another tab")
    keep(desk, address, key=key, title="")
    forms = {
        f"awareness_{name}_set-{kind}_FORMS": 0
        for name in ("text", "callout", "steps", "signs", "helplines", "quotation", "image")
        for kind in ("TOTAL", "INITIAL")
    }
    sent = head(page, menu="on", seen=seen, draft=str(key), **forms)
    refused = desk.post(address, sent | {"title": ""})
    assert refused.status_code == 200
    assert f'data-key="{key}"' in refused.content.decode()
    assert Draft.objects.filter(key=key).exists()
    assert desk.post(address, sent | {"title": "Two"}).status_code == 302
    assert Page.objects.get().title == "Two"
    assert [draft.key for draft in Draft.objects.all()] == [other]


@pytest.mark.long
def test_throwing_it_away_shows_the_form_as_it_is_saved(desk):
    key = uuid4()
    keep(desk, key=key, title="A week")
    answer = desk.post("/admin/drafts/discard/", {"draft": str(key)}, follow=True)
    assert answer.request["PATH_INFO"] == ADD
    assert "A week" not in answer.content.decode()
    assert not Draft.objects.exists()
    for odd in ("", "x", str(uuid4())):
        assert desk.post("/admin/drafts/discard/", {"draft": odd}).status_code == 302


def test_it_can_be_seen_as_it_is_saved_all_the_same(desk):
    keep(desk, title="A week")
    assert "A week" not in desk.get(f"{ADD}?as-saved").content.decode()
    assert Draft.objects.exists()


def test_who_may_no_longer_change_the_page_is_shown_what_is_saved(desk, ann):
    page = Page.objects.create(kind="advice", slug="one", title="One", summary="First.")
    address = f"/admin/awareness/page/{page.pk}/change/"
    keep(desk, address, title="Two")
    ann.user_permissions.remove(Permission.objects.get(codename="change_page"))
    answer = desk.get(address).content.decode()
    assert "<h2>One</h2>" in answer or ">One<" in answer
    assert 'value="Two"' not in answer


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ("{", 400),
        ("[]", 400),
        ("{}", 400),
        ('{"key": "x", "user": "ann", "address": "/admin/", "title": "", "fields": []}', 400),
        (json.dumps({"key": str(uuid4()), "user": "ann", "address": "/help/", "title": "", "fields": []}), 400),
        (json.dumps({"key": str(uuid4()), "user": "ann", "address": ADD, "title": "", "fields": [1]}), 400),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(desk, sent, status):
    answer = desk.post("/admin/drafts/keep/", sent, "application/json", **SAME)
    assert answer.status_code == status
    assert not Draft.objects.exists()


def test_a_nul_is_left_out(desk):
    assert keep(desk, title="A\x00week").status_code == 200
    assert Draft.objects.get().fields == [["title", "Aweek"]]


def test_only_a_page_of_ours_and_only_staff_can_keep(desk, client, django_user_model):
    assert keep(desk, extra={"HTTP_SEC_FETCH_SITE": "cross-site"}).status_code == 403
    assert keep(desk, extra={}).status_code == 403
    desk.logout()
    assert keep(desk).status_code == 401
    client.force_login(django_user_model.objects.create_user("reader"))
    assert keep(client, user="reader").status_code == 401
    assert not Draft.objects.exists()


def test_after_thirty_days_it_is_gone(desk):
    keep(desk, title="Old")
    Draft.objects.update(kept_at=timezone.now() - timedelta(days=30))
    assert 'value="Old"' not in desk.get(ADD).content.decode()
    keep(desk, title="New")
    assert delete_old() == 1
    assert Draft.objects.get().fields == [["title", "New"]]


@pytest.mark.long
def test_the_newsroom_lists_what_waits_for_whoever_typed_it(desk):
    keep(desk, title="A week")
    page = desk.get("/admin/").content.decode()
    assert "It is kept for you, and not saved." in page
    assert f'<a href="{ADD}">Add page</a>' in page


def test_nothing_of_a_draft_is_in_the_log(desk, caplog, capsys):
    keep(desk, title="Between us")
    keep(desk, address="/help/", title="Between us")
    desk.get(ADD)
    assert "Between us" not in caplog.text + capsys.readouterr().err


def test_what_a_page_that_has_gone_sends_too_late_brings_nothing_back(desk):
    key = uuid4()
    keep(desk, key=key, title="A week")
    desk.post("/admin/drafts/discard/", {"draft": str(key)})
    assert keep(desk, key=key, title="A week, too late").status_code == 200
    assert not Draft.objects.exists()
    assert keep(desk, title="Another").status_code == 200
    assert Draft.objects.get().fields == [["title", "Another"]]
