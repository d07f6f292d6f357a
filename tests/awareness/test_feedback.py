"""Feedback: an answer, a comment if they like, the day, and nothing else."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from awareness import feedback
from awareness.models import Feedback
from publishing.printing.schedule import Printing

pytestmark = pytest.mark.django_db

OURS = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def send(client):
    def post(headers=OURS, **fields):
        return client.post("/feedback/", fields, headers=headers)

    return post


def test_an_answer_is_kept_with_its_day_and_nothing_else(send, client):
    answer = send(found="partly", comment=" More on trackers. \r\nThank you.")
    assert (answer.status_code, answer["Location"]) == (303, "/feedback/thanks/")
    assert not answer.cookies
    kept = Feedback.objects.values().get()
    del kept["id"]
    assert kept == {
        "found": "partly",
        "comment": "More on trackers. \nThank you.",
        "day": timezone.localdate(),
    }
    assert client.get(answer["Location"]).status_code == 200


def test_the_form_warns_before_anybody_types(client):
    text = client.get("/feedback/").content.decode()
    assert "Do not give personal details." in text
    assert "This is not a way to report stalking." in text
    assert 'method="post" action="/feedback/" autocomplete="off"' in text
    assert "csrfmiddlewaretoken" not in text
    assert text.count("<fieldset") + text.count("<textarea") <= 3


@pytest.mark.parametrize(
    ("fields", "sentence", "place"),
    [
        ({"comment": "Typed."}, "Choose yes, partly or no.", "found-error"),
        ({"found": "maybe", "comment": "Typed."}, "Choose yes, partly or no.", "found-error"),
        ({"found": "no", "comment": "Typed." + "x" * 500}, "It is 6 too long.", "comment-error"),
        ({"found": "no", "comment": "Typed.\x00"}, "could not be read", "comment-error"),
        ({"found": "no", "comment": "Typed.\ufffd"}, "could not be read", "comment-error"),
    ],
)
def test_what_cannot_be_taken_says_why_beside_the_field(send, fields, sentence, place):
    answer = send(**fields)
    text = " ".join(answer.content.decode().split())
    assert answer.status_code == 422
    assert sentence in text.partition(f'id="{place}"')[2].partition("</p>")[0]
    assert "<title>Error: " in text
    assert 'class="error-summary"' in text
    assert "Typed." in text.partition("<textarea")[2]
    if fields.get("found") == "no":
        assert 'value="no" checked' in text
    assert 'href="tel:999"' in text
    assert not Feedback.objects.exists()


def test_lone_surrogates_and_other_bad_bytes_are_refused_kindly(client):
    body = b"found=no&comment=Typed.%ED%A0%80"
    answer = client.generic(
        "POST", "/feedback/", body, "application/x-www-form-urlencoded", headers=OURS
    )
    assert answer.status_code == 422
    assert "could not be read" in answer.content.decode()


def test_five_hundred_characters_fit_with_their_line_breaks(send):
    typed = "x\r\n" * 249 + "xx"
    assert send(found="yes", comment=typed).status_code == 303
    assert len(Feedback.objects.get().comment) == 500


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}, {}]
)
def test_from_another_site_is_refused_with_what_was_typed(send, headers):
    answer = send(headers, found="yes", comment="Typed.")
    text = answer.content.decode()
    assert answer.status_code == 403
    assert "Send it again from here." in text
    assert "Typed." in text.partition("<textarea")[2]
    assert not Feedback.objects.exists()


def test_what_was_typed_cannot_break_out_of_its_field(send):
    text = send(comment="</textarea><script>alert(1)</script>").content.decode()
    assert "<script>alert(1)" not in text
    assert "&lt;/textarea&gt;&lt;script&gt;" in text


def test_a_machine_that_fills_in_everything_is_thanked_and_forgotten(send):
    assert send(found="yes", website="https://spam.example").status_code == 303
    assert not Feedback.objects.exists()


@pytest.fixture
def small_day(monkeypatch):
    """Five answers fill a day, and the first two of them stay."""
    monkeypatch.setattr(feedback, "A_DAY", 5)
    monkeypatch.setattr(feedback, "FIRST", 2)


def comments():
    return list(Feedback.objects.order_by("pk").values_list("comment", flat=True))


def test_a_machine_that_repeats_itself_cannot_close_the_form_to_people(send, small_day):
    assert send(found="no", comment="The first.").status_code == 303
    for _ in range(20):
        assert send(found="yes", comment="Buy.").status_code == 303
    assert comments() == ["The first.", "Buy.", "Buy.", "Buy.", "Buy."]
    for number in range(3):
        assert send(found="no", comment=f"Person {number}.").status_code == 303
        assert send(found="yes", comment="Buy.").status_code == 303
    assert comments() == ["The first.", "Buy.", "Person 0.", "Person 1.", "Person 2."]


def test_a_machine_that_always_says_something_else_fills_no_disk_and_takes_no_first_place(
    send, small_day
):
    for number in range(20):
        assert send(found="yes", comment=f"Number {number}.").status_code == 303
    assert len(comments()) == 5
    assert comments()[:2] == ["Number 0.", "Number 1."]
    assert comments()[-1] == "Number 19.", "the form takes what comes last"


def test_each_day_has_room_of_its_own(send, small_day):
    yesterday = timezone.localdate() - timedelta(days=1)
    for _ in range(5):
        Feedback.objects.create(found="yes", day=yesterday)
    assert send(found="yes").status_code == 303
    assert Feedback.objects.filter(day=yesterday).count() == 5


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_another_method_is_refused(client, method):
    assert getattr(client, method)("/feedback/").status_code == 405


def test_what_is_older_than_ninety_days_is_deleted():
    today = timezone.localdate()
    for age in (0, 90, 91, 400):
        Feedback.objects.create(found="no", day=today - timedelta(days=age))
    out = StringIO()
    call_command("delete_old_feedback", stdout=out)
    assert out.getvalue() == "Deleted 2, kept 2.\n"
    assert {today - kept.day for kept in Feedback.objects.all()} == {
        timedelta(0),
        timedelta(days=90),
    }


def test_staff_read_it_and_cannot_change_it(editor_client):
    answer = Feedback.objects.create(found="no", comment="Too long.", day=date(2026, 11, 22))
    text = editor_client.get("/admin/awareness/feedback/").content.decode()
    assert "Too long." in text
    for action in ("add/", f"{answer.pk}/delete/"):
        assert editor_client.get(f"/admin/awareness/feedback/{action}").status_code == 403
    editor_client.post(f"/admin/awareness/feedback/{answer.pk}/change/", {"comment": "Other"})
    assert Feedback.objects.get().comment == "Too long."


def test_old_feedback_goes_by_itself_once_a_day(db):
    today = timezone.localdate()
    for days in (90, 91):
        Feedback.objects.create(found="yes", day=today - timedelta(days=days))
    printing = Printing()
    printing.do_daily()
    assert [today - kept.day for kept in Feedback.objects.all()] == [timedelta(days=90)]
