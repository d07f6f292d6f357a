"""Buttons that stand on screens which others may open too, pressed by a colleague without the right."""

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from awareness.models import Page, Text
from safety.accounts import roles
from tests.awareness.admin.test_admin import form_data

from .test_who_may_open_what import EDITOR, EVERYBODY, KEEPER, MANAGER, WRITER

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_(make):
    def as_(*names):
        client = Client()
        client.force_login(make("-".join(names) or "nobody", *names))
        return client

    return as_


@pytest.fixture
def words(rows):
    page = Page.objects.get(slug="one")
    Text.objects.create(parent=page, region="main", ordering=10, html="<p>Words.</p>")
    return page


@pytest.mark.long
@pytest.mark.parametrize(("role", "is_public"), [(WRITER, False), (EDITOR, True)])
def test_save_and_publish_now_publishes_only_for_who_may(as_, words, role, is_public):
    client, change = as_(role), reverse("admin:awareness_page_change", args=[words.pk])
    answer = client.get(change)
    assert ('name="_publish"' in answer.text) == is_public
    data = form_data(words, title="New title", _publish="1")
    client.post(change, data, follow=True)
    words.refresh_from_db()
    assert words.title == "New title"
    assert words.releases.exists() == is_public


@pytest.mark.long
@pytest.mark.parametrize(
    "action", ["publish", "schedule", "withdraw", "revert", "discard", "cancel"]
)
@pytest.mark.parametrize("role", sorted(EVERYBODY - {EDITOR}))
def test_only_editors_press_what_changes_what_readers_see(as_, words, role, action):
    address = reverse("admin:awareness_page_publishing", args=[words.pk])
    answer = as_(role).post(address, {"action": action, "number": 1})
    assert answer.status_code == 403
    assert roles.ONE[role] in answer.text or roles.DOES[role] in answer.text
    assert not words.releases.exists()


def lists():
    return [(model, one) for model, one in admin.site._registry.items() if one.actions]


@pytest.mark.long
@pytest.mark.parametrize("role", sorted(EVERYBODY))
def test_an_action_on_a_list_is_of_who_may_see_the_list(as_, rows, role):
    client, pressed = as_(role), set()
    for model, one in lists():
        label = f"{model._meta.app_label}_{model._meta.model_name}"
        row = model._base_manager.first()
        for action in one.actions:
            name = action if isinstance(action, str) else action.__name__
            answer = client.post(
                reverse(f"admin:{label}_changelist"), {"action": name, "_selected_action": row.pk}
            )
            if answer.status_code == 200 and answer["Content-Type"].startswith("text/csv"):
                pressed.add((label, name))
            else:
                assert answer.status_code == 403, (label, name)
    may = {KEEPER: {("signposting_service", "export")}, MANAGER: {("accounts_entry", "export")}}
    assert pressed == may.get(role, set())


@pytest.mark.long
def test_no_list_deletes_what_is_chosen_whoever_chooses(as_, rows):
    client = as_(*sorted(EVERYBODY))
    for model in admin.site._registry:
        label = f"{model._meta.app_label}_{model._meta.model_name}"
        before = set(model._base_manager.values_list("pk", flat=True))
        assert before, label
        data = {"action": "delete_selected", "_selected_action": list(before), "post": "yes"}
        answer = client.post(reverse(f"admin:{label}_changelist"), data)
        assert "delete_selected" not in client.get(reverse(f"admin:{label}_changelist")).text
        assert answer.status_code < 500, label
        assert before <= set(model._base_manager.values_list("pk", flat=True)), label
