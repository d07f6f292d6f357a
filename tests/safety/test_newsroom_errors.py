"""What staff are told of an error: never the readers' page, and that nothing typed is lost."""

import pytest
from django.test import Client

from safety.error_pages import plain, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(django_user_model):
    client = Client()
    client.force_login(django_user_model.objects.create_user("ann", is_staff=True))
    return client


def test_too_many_fields(staff, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 2
    answer = staff.post("/admin/awareness/page/add/", dict.fromkeys("abcd", "x"))
    assert answer.status_code == 400
    assert 'href="tel:999"' not in answer.content.decode()


def test_who_is_not_logged_in_yet_may_be_a_reader():
    answer = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "ann"})
    assert answer.status_code == 403
    assert 'href="tel:999"' in answer.content.decode()


def test_the_door_says_it_in_plain_words_where_django_is_not_asked():
    from config.asgi import application

    answer = application.refuse("/admin/awareness/page/add/", {}, 413)
    assert answer.status == 413
    assert answer.rest.endswith(plain.newsroom_error(413))
    assert b"That was too much to send at once" in answer.rest
    assert plain.newsroom_error(413) not in application.refuse("/feedback/", {}, 413).rest


@pytest.mark.parametrize("name", words.NEWSROOM)
def test_each_is_its_own_and_leads_back(name):
    page = plain.newsroom_error(name).decode()
    assert f"<h1>{words.NEWSROOM[name].title}</h1>" in page
    assert 'href="/admin/"' in page
