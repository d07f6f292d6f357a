"""This number did not work: one tap, no text, no cookie."""

import re

import pytest
from django.db import InterfaceError, OperationalError

from signposting.models import NotWorking

from ..reading import Page, read

SAME = {"Sec-Fetch-Site": "same-origin"}
PATH = "/help/paladin/report/"


def test_one_tap_is_counted_and_thanked(register, client):
    response = client.post(PATH, headers=SAME)
    assert (response.status_code, response["Location"]) == (303, "/help/paladin/#reported")
    assert "reported" in read(client.get("/help/paladin/")).ids
    client.post(PATH, headers=SAME)
    row = NotWorking.objects.get()
    assert (row.service.slug, row.times) == ("paladin", 2)


def test_a_machine_that_taps_on_is_thanked_and_counts_no_further(
    register, client, monkeypatch, django_user_model
):
    monkeypatch.setattr(NotWorking, "A_DAY", 3)
    keeper = django_user_model.objects.create_user("ann")
    for _ in range(3):
        client.post(PATH, headers=SAME)
    row = NotWorking.objects.get()
    assert row.times == 3
    NotWorking.objects.update(settled_by=keeper)
    assert client.post(PATH, headers=SAME).status_code == 303
    row.refresh_from_db()
    assert (row.times, row.settled_by) == (3, keeper)
    other = "/help/national-stalking-helpline/report/"
    client.post(other, headers=SAME)
    assert NotWorking.objects.exclude(pk=row.pk).get().times == 1


def test_nothing_is_kept_but_service_day_and_count(register, client):
    response = client.post(PATH, {"text": "something typed"}, headers=SAME)
    assert not response.cookies
    kept = {field.name for field in NotWorking._meta.get_fields()}
    assert kept == {"id", "service", "day", "times", "settled_by"}


def test_the_page_has_a_button_and_no_field(register, client):
    html = client.get("/help/paladin/").content.decode()
    form = html.split(f'action="{PATH}"')[1].split("</form>")[0]
    assert "<button" in form
    assert "<input" not in form


def test_a_tap_from_another_site_is_refused(register, client):
    assert client.post(PATH, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert not NotWorking.objects.exists()


@pytest.mark.parametrize(("path", "status"), [(PATH, 405), ("/help/nobody/report/", 405)])
def test_looking_at_the_address_counts_nothing(register, client, path, status):
    assert client.get(path).status_code == status
    assert not NotWorking.objects.exists()


def test_a_service_that_is_not_public_cannot_be_reported(register, client):
    assert client.post("/help/ask-for-ani/report/", headers=SAME).status_code == 404


@pytest.fixture(params=[OperationalError("database is locked"), InterfaceError("closed")])
def no_database(register, monkeypatch, request):
    """A database that is busy, stopped or broken."""

    def gone(*args, **kwargs):
        raise request.param

    backends = "django.db.backends"
    with monkeypatch.context() as patch:
        patch.setattr(f"{backends}.utils.CursorWrapper.execute", gone)
        patch.setattr(f"{backends}.base.base.BaseDatabaseWrapper.ensure_connection", gone)
        yield


def test_without_a_database_a_tap_gets_a_kind_page_and_another_way(no_database, client):
    response = client.post(PATH, headers=SAME)
    assert response.status_code == 503
    html = response.content.decode()
    page = Page(html)
    assert page.headings[0] == ("h1", "We could not take that down")
    assert ("/help/paladin/#another-way", "See another way") in page.links
    assert ("/help/", "See every number") in page.links
    assert {"tel:999", "tel:101"} <= {href for href, _ in page.links}
    assert re.search(r'class="card card--danger', html)
    assert not response.cookies


def test_the_other_way_is_where_the_kind_page_leads(register, client):
    assert "another-way" in read(client.get("/help/paladin/")).ids
