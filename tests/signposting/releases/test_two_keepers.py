"""Two keepers at one form of the register: the second is told, and nothing of either is lost."""

import pytest

from signposting.models import Area, Need, Route, Service

pytestmark = pytest.mark.django_db
CHANGED = "This was changed after you opened it. The last to work on it was "


def form_of(client, address):
    """Return what a browser would send of the form at an address."""
    context = client.get(address).context
    sent = {"seen": context["seen"]}
    forms = [context["adminform"].form]
    for inline in context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    for form in forms:
        for field in form:
            value = field.value()
            widget = field.field.widget
            if hasattr(widget, "decompress"):
                value = {f"_{n}": v for n, v in enumerate(widget.decompress(value) or [])}
            elif value is None or value is False:
                continue
            sent[field.html_name] = value
    return sent


def change(model, pk):
    return f"/admin/signposting/{model}/{pk}/change/"


@pytest.mark.long
def test_the_second_to_save_a_service_is_told_and_loses_nothing(keepers):
    service = Service.objects.get(slug="galop")
    address = change("service", service.pk)
    alice, bob = keepers
    opened = [form_of(client, address) for client in keepers]
    first = alice.post(address, {**opened[0], "caution": "Typed by Alice."})
    assert first.status_code == 302
    second = bob.post(address, {**opened[1], "caution": "Typed by Bob."})
    text = second.content.decode()
    assert f"{CHANGED}alice, at " in text
    assert f'<a href="{address}?as-saved" target="_blank">Open it as it is now</a>' in text
    assert "Typed by Bob." in text
    assert Service.objects.get(pk=service.pk).caution == "Typed by Alice."
    again = form_of(bob, address)
    assert bob.post(address, {**again, "caution": "Of both."}).status_code == 302
    assert Service.objects.get(pk=service.pk).caution == "Of both."


@pytest.mark.long
def test_a_row_in_the_table_counts_too(keepers):
    route = Service.objects.get(slug="galop").routes.first()
    address = change("service", route.service_id)
    alice, bob = keepers
    opened = form_of(bob, address)
    Route.objects.filter(pk=route.pk).update(label="Changed meanwhile")
    assert "This was changed after you opened it" in bob.post(address, opened).content.decode()
    assert Route.objects.get(pk=route.pk).label == "Changed meanwhile"


def test_a_route_has_its_own_form(keepers):
    route = Service.objects.get(slug="galop").routes.first()
    address = change("route", route.pk)
    seen = form_of(keepers[0], address)["seen"]
    Route.objects.filter(pk=route.pk).update(trace_note="Changed meanwhile")
    assert form_of(keepers[0], address)["seen"] != seen


@pytest.mark.parametrize("model", [Area, Need])
def test_areas_and_groups_are_not_saved_over(keepers, model):
    kept = model.objects.first()
    address = change(model._meta.model_name, kept.pk)
    opened = form_of(keepers[1], address)
    model.objects.filter(pk=kept.pk).update(name="Changed meanwhile")
    refused = keepers[1].post(address, {**opened, "name": "Typed by Bob"}).content.decode()
    assert "This was changed after you opened it" in refused
    assert "Typed by Bob" in refused
    kept.refresh_from_db()
    assert kept.name == "Changed meanwhile"


@pytest.mark.long
def test_a_check_that_a_colleague_records_refuses_no_form(keepers):
    service = Service.objects.get(slug="galop")
    address = change("service", service.pk)
    opened = form_of(keepers[0], address)
    Service.objects.filter(pk=service.pk).update(withheld_because="Not of this form.")
    assert keepers[0].post(address, opened).status_code == 302


@pytest.mark.long
def test_a_colleague_that_changed_nothing_is_no_colleague(keepers):
    service = Service.objects.get(slug="galop")
    address = change("service", service.pk)
    opened = [form_of(client, address) for client in keepers]
    assert keepers[0].post(address, opened[0]).status_code == 302
    assert keepers[1].post(address, {**opened[1], "caution": "Bob."}).status_code == 302
