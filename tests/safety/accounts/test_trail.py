"""The audit trail: who did what, when, to what; readable by managers, changed by nobody."""

import csv
import logging

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from safety.accounts import audit, roles
from safety.accounts.models import Entry

from .conftest import PASSWORD
from .helpers import type_password

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(make, client):
    client.force_login(make("max", roles.MANAGERS))
    return client


def lines(**fields):
    return list(Entry.objects.filter(**fields).order_by("pk"))


def test_nobody_changes_or_deletes_a_line_not_even_by_sql(manager):
    entry = audit.write(Entry.Action.DID, words="something")
    entry.words = "something else"
    for act in (entry.save, entry.delete, Entry.objects.all().delete,
                lambda: Entry.objects.update(words="x")):  # fmt: skip
        with pytest.raises(NotImplementedError):
            act()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_entry SET words = 'x'")
    assert Entry.objects.get(pk=entry.pk).words == "something"
    path = f"/admin/accounts/entry/{entry.pk}/"
    assert manager.get(f"{path}change/").status_code == 200
    assert manager.post(f"{path}change/", {"words": "x"}).status_code == 403
    assert manager.post(f"{path}delete/", {"post": "yes"}).status_code == 403
    assert manager.get("/admin/accounts/entry/add/").status_code == 403


def test_log_ins_and_refusals_are_in_it(make, client):
    ann = make("ann", roles.WRITERS)
    type_password("ann", "wrong")
    type_password("nobody", "wrong")
    type_password("ann").post("/admin/logout/")
    client.force_login(ann)
    assert client.get("/admin/auth/user/").status_code == 403
    about = [entry.action for entry in lines(about="auth.user", object_id=str(ann.pk))]
    assert about[-4:] == ["log-in failed", "logged in", "logged out", "logged in"]
    assert len(lines(action=Entry.Action.LOGIN_FAILED)) == 1, "not for a name that nobody has"
    refused = lines(action=Entry.Action.REFUSED)
    assert [(entry.user, entry.words) for entry in refused] == [(ann, "admin:auth_user_changelist")]


def test_what_changed_in_an_account_has_before_and_after_and_no_password(manager, make):
    ann = make("ann", roles.WRITERS)
    editors = Group.objects.get(name=roles.EDITORS).pk
    manager.post(
        f"/admin/auth/user/{ann.pk}/change/",
        {"username": "ann", "first_name": "Ann", "last_name": "", "email": "", "groups": [editors]},
    )
    changed = lines(action=Entry.Action.CHANGED, object_id=str(ann.pk))[-1]
    assert changed.user.username == "max"
    assert changed.before == {"first_name": "", "is_active": True}
    assert changed.after == {"first_name": "Ann", "is_active": False}
    groups = [e for e in lines(action=Entry.Action.GROUPS) if e.object_id == str(ann.pk)]
    assert groups[-2].before == {"groups": [roles.WRITERS]}
    assert groups[-1].after == {"groups": [roles.EDITORS]}
    everything = str(list(Entry.objects.values()))
    assert "md5$" not in everything
    assert PASSWORD not in everything


def test_what_an_editor_changes_in_a_page_has_before_and_after(make, client):
    from awareness.models import Page

    editor = make("ed", roles.EDITORS)
    page = Page.objects.create(kind="advice", slug="one", title="One", summary="First.")
    assert not lines(about="awareness.page"), "what a command does is the command's to say"
    client.force_login(editor)
    from django.test import RequestFactory

    from safety.accounts import acting

    request = RequestFactory().get("/admin/")
    request.user = editor
    with acting.at_work(request):
        page.title = "Two"
        page.save()
    (entry,) = lines(about="awareness.page")
    assert (entry.user, entry.action) == (editor, Entry.Action.CHANGED)
    assert (entry.before["title"], entry.after["title"]) == ("One", "Two")


def test_nothing_of_a_reader_is_in_it(make, client):
    from awareness.models import Feedback

    words = "canary: what a reader wrote"
    feedback = Feedback.objects.create(found="no", comment=words, day=timezone.localdate())
    client.force_login(get_user_model().objects.create_superuser("chief"))
    client.post(f"/admin/awareness/feedback/{feedback.pk}/delete/", {"post": "yes"})
    assert "canary" not in str(list(Entry.objects.values()))


def test_the_log_says_who_did_what_to_which_row_and_not_what_stands_in_it(make, caplog):
    ann = make("ann", roles.WRITERS)
    logger = logging.getLogger("safety")
    logger.addHandler(caplog.handler)
    try:
        with caplog.at_level("INFO", "safety"):
            audit.write(
                Entry.Action.CHANGED, ann, user=ann, words="canary",
                before={"a": "canary"}, after={"a": "canary"},
            )  # fmt: skip
    finally:
        logger.removeHandler(caplog.handler)
    assert caplog.messages[-1] == f"Audit: ann changed auth.user {ann.pk}"
    assert "canary" not in caplog.text


def test_a_manager_filters_searches_and_exports_it(manager, make):
    ann = make("=ann", roles.WRITERS)
    type_password("=ann", "wrong")
    shown = manager.get("/admin/accounts/entry/?action__exact=log-in+failed")
    assert [entry.object_id for entry in shown.context["cl"].queryset] == [str(ann.pk)]
    assert manager.get("/admin/accounts/entry/?q=max").status_code == 200
    chosen = list(Entry.objects.values_list("pk", flat=True))
    answer = manager.post(
        "/admin/accounts/entry/", {"action": "export", "_selected_action": chosen}
    )
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.reader(answer.getvalue().decode().splitlines()))
    assert rows[0][:3] == ["when", "who", "did"]
    assert len(rows) == len(chosen) + 1
    assert any(row[5] == f"'{ann}" for row in rows), "no formula for a spreadsheet"
    assert "exported" in lines()[-1].words


def test_only_managers_read_it(make, client):
    for role in (roles.WRITERS, roles.EDITORS, roles.KEEPERS):
        client.force_login(make(f"in-{role}"[:20].replace(" ", "-"), role))
        assert client.get("/admin/accounts/entry/").status_code == 403
