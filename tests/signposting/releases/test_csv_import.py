"""A spreadsheet of the register, taken in: the differences first, and two people for a number."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from signposting.admin.export import COLUMNS
from signposting.models import ReleaseRequest, Route, Service

from ...reading import read
from ..keepers import agree, public, save, sign_in, url

SCREEN = url("csv")
NEW = "0808 802 0399"


def exported(client, *services):
    data = {"action": "export", "_selected_action": [service.pk for service in services]}
    return list(csv.DictReader(io.StringIO(client.post(url(), data).content.decode("utf-8-sig"))))


def as_file(rows, columns=COLUMNS):
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return SimpleUploadedFile("register.csv", out.getvalue().encode("utf-8-sig"))


def show(client, file):
    return client.post(SCREEN, {"file": file})


def confirm(client, answer, reason="Their own page."):
    form = answer.context["form"]
    data = {name: form[name].value() for name in ("text", "shown")}
    return client.post(SCREEN, data | {"reason": reason}, follow=True)


def test_what_was_exported_says_nothing_new(alice, register):
    rows = exported(alice, *register.all())
    text = read(show(alice, as_file(rows))).text
    assert "The file says nothing else than the register." in text
    assert "Not taken in" not in text


@pytest.mark.long
def test_the_differences_come_first_and_a_number_takes_two_people(alice, bob, helpline):
    rows = exported(alice, helpline)
    phone = next(row for row in rows if row["route"] == "phone")
    old = phone["number"]
    phone["number"] = NEW
    for row in rows:
        row["who"] = "Anyone in the UK."
    answer = show(alice, as_file(rows))
    text = read(answer).text
    for words in (old, NEW, "Anyone in the UK.", helpline.who):
        assert words in text
    helpline.refresh_from_db()
    assert helpline.who != "Anyone in the UK."
    assert not ReleaseRequest.objects.exists()

    said = read(confirm(alice, answer)).text
    assert "Asked for a change of National Stalking Helpline." in said
    helpline.refresh_from_db()
    assert helpline.who == "Anyone in the UK."
    assert Route.objects.get(service=helpline, key="phone").display == old
    assert NEW not in public()
    agree(bob, phone=NEW)
    assert Route.objects.get(service=helpline, key="phone").display == NEW


@pytest.mark.long
def test_what_cannot_be_asked_for_leaves_the_words_as_they_were(alice, helpline):
    rows = exported(alice, helpline)
    for row in rows:
        row["who"] = "Anyone in the UK."
    next(row for row in rows if row["route"] == "phone")["number"] = NEW
    answer = show(alice, as_file(rows))
    said = read(confirm(alice, answer, reason=f"They have {NEW} now.")).text
    assert "Your colleague must find it, not read it here." in said
    assert Service.objects.get(pk=helpline.pk).who == helpline.who
    confirm(alice, answer)
    assert Service.objects.get(pk=helpline.pk).who == "Anyone in the UK."


@pytest.mark.long
def test_what_was_changed_meanwhile_is_shown_again(alice, helpline):
    rows = exported(alice, helpline)
    for row in rows:
        row["who"] = "Anyone in the UK."
    answer = show(alice, as_file(rows))
    helpline.who = "Women and men."
    helpline.save()
    again = confirm(alice, answer)
    assert "The register was changed meanwhile." in read(again).text
    assert not ReleaseRequest.objects.exists()
    confirm(alice, again)
    assert ReleaseRequest.objects.get().service == helpline


@pytest.mark.long
def test_what_a_colleague_saved_in_the_form_is_shown_before_it_is_asked_for(alice, bob, helpline):
    """Or Alice's words would have Bob's name, and she could agree them: one person's, then."""
    save(alice, url(helpline.pk, "change"), what="Zebras.")
    rows = exported(bob, helpline)
    for row in rows:
        row["who"] = "Anyone in the UK."
    answer = show(bob, as_file(rows))
    assert "Zebras." in read(answer).text
    save(alice, url(helpline.pk, "change"), what="Lions.")
    again = confirm(bob, answer)
    assert "The register was changed meanwhile." in read(again).text
    assert "Lions." in read(again).text
    assert not ReleaseRequest.objects.exists()
    confirm(bob, again)
    assert ReleaseRequest.objects.get().content["service"]["what"] == "Lions."


@pytest.mark.long
@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"service": "nobody"}, "Line 2: there is no service “nobody”."),
        ({"route": "pigeon"}, "has no route “pigeon”."),
        ({"number": "0871 222 3333"}, "this kind of number can cost a lot"),
        ({"number": "ring us"}, "use digits, not letters"),
    ],
)
def test_what_cannot_be_taken_in_is_named_with_its_line(alice, helpline, changes, sentence):
    row = next(row for row in exported(alice, helpline) if row["route"] == "phone")
    text = read(show(alice, as_file([row | changes]))).text
    assert sentence in text
    assert "Not taken in" in text


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\xff\xfe\x00", "This is no CSV in UTF-8."),
        (b"a,b\n1,2\n", "The file has no column “service”."),
        (b"service,route,zodiac\nx,y,z\n", "We do not know the column “zodiac”."),
        (b"", "The submitted file is empty."),
        (b'service,route\n"x', "This is no CSV that we can read"),
    ],
)
def test_a_file_that_is_no_export_gets_a_sentence(alice, content, sentence):
    text = read(show(alice, SimpleUploadedFile("x.csv", content))).text
    assert sentence in text


def test_only_keepers_take_one_in(db, alice):
    manager = sign_in("max", "Managers")
    assert manager.get(SCREEN).status_code == 403
    assert alice.get(SCREEN).status_code == 200
    assert SCREEN in alice.get(url()).content.decode()
