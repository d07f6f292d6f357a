"""A reader's form is taken from a page of ours and from nowhere else."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.views.decorators.csrf import csrf_protect

from safety.same_origin import same_origin_only

OURS = "http://testserver"
THEIRS = "https://elsewhere.example"


@same_origin_only
def view(request):
    return HttpResponse("taken")


@pytest.mark.parametrize(
    ("headers", "taken"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, True),
        ({"Sec-Fetch-Site": "same-site", "Origin": OURS}, False),
        ({"Sec-Fetch-Site": "cross-site", "Origin": OURS}, False),
        ({"Sec-Fetch-Site": "none"}, False),
        ({"Sec-Fetch-Site": ""}, False),
        ({"Origin": OURS}, True),
        ({"Origin": THEIRS}, False),
        ({"Origin": "null"}, False),
        ({"Origin": OURS + ".elsewhere.example"}, False),
        ({"Referer": OURS + "/feedback/"}, False),
        ({}, False),
    ],
)
def test_who_may_send_a_form(headers, taken):
    response = view(RequestFactory().post("/feedback/", headers=headers))
    assert response.status_code == (200 if taken else 403)
    assert (response.content == b"taken") is taken


def test_the_refusal_is_kind_and_carries_the_card():
    response = view(RequestFactory().post("/feedback/"))
    text = response.content.decode()
    assert "We could not take that form" in text
    assert 'id="emergency"' in text


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_reading_needs_no_proof(method):
    assert view(RequestFactory().generic(method, "/feedback/")).content == b"taken"


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "get"])
def test_every_other_method_needs_it(method):
    request = RequestFactory().generic(method, "/feedback/")
    request.method = method
    assert view(request).status_code == 403


def test_a_host_that_is_not_ours_makes_no_origin_ours():
    request = RequestFactory().post(
        "/", headers={"Host": "elsewhere.example", "Origin": "http://elsewhere.example"}
    )
    assert view(request).status_code == 403


def test_no_token_is_asked_for():
    assert csrf_protect(view).csrf_exempt


def test_a_view_gets_the_parts_of_its_address_and_keeps_its_name():
    @same_origin_only
    def of_a_service(request, slug, *, number=0):
        return HttpResponse(f"{slug} {number}")

    request = RequestFactory().post("/", headers={"Sec-Fetch-Site": "same-origin"})
    assert of_a_service(request, "juno", number=3).content == b"juno 3"
    # By its name the log tells which view failed.
    assert of_a_service.__name__ == "of_a_service"
