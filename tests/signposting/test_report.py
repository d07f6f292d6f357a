"""This number did not work: one tap, no text, no cookie."""

import pytest

from signposting.models import NotWorking

from .reading import read

SAME = {"Sec-Fetch-Site": "same-origin"}
PATH = "/help/paladin/report/"


def test_one_tap_is_counted_and_thanked(register, client):
    response = client.post(PATH, headers=SAME)
    assert (response.status_code, response["Location"]) == (303, "/help/paladin/#reported")
    assert "reported" in read(client.get("/help/paladin/")).ids
    client.post(PATH, headers=SAME)
    row = NotWorking.objects.get()
    assert (row.service.slug, row.times) == ("paladin", 2)


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
