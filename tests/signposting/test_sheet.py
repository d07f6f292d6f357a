"""The sheet to fill in by hand: facts/stalking-and-safety.md section 11."""

import re
from pathlib import Path

import pytest

from signposting.models import Check, Service
from tests.register import agree_all

from ..reading import read

FIELDS = [
    *["Date and time", "Place", "What happened", "exact words", "number, profile or number plate"],
    *["face, voice, clothes", "Who else saw it", "How it made you feel", "What you changed"],
    *["pictures of the screen with web address and time", "Name of the officer", "Crime reference"],
]


@pytest.fixture
def sheet(register, client):
    return client.get("/sheet/")


def test_the_sheet_has_every_field(sheet):
    text = read(sheet).text
    assert [field for field in FIELDS if field not in text] == []


def test_it_says_why_paper_and_where_not_to_keep_it(sheet):
    headings = [words for _, words in read(sheet).headings]
    assert {"Why paper", "Where not to keep it"} <= set(headings)


def test_nothing_can_be_typed_into_it(sheet):
    page = re.sub(
        r"<section[^>]* id=\"choice\".*?</section>", "", sheet.content.decode(), flags=re.S
    )
    main = page.split("<main")[1].split("</main>")[0]
    assert "<table" in main
    assert not any(f"<{tag}" in main for tag in ("input", "textarea", "form", "button"))


def test_its_title_and_what_is_printed_do_not_say_what_it_is_about(sheet):
    html = sheet.content.decode()
    assert "<title>Sheet to print</title>" in html
    printed = html.split('<section class="sheet"')[1].split("</main>")[0]
    assert "stalk" not in printed.lower()


def test_the_card_has_todays_numbers(sheet, register, client):
    assert "0808\xa0802\xa00300" in sheet.content.decode()
    Service.objects.filter(slug="national-stalking-helpline").update(
        status="withheld", withheld_because="It rang out."
    )
    agree_all()
    assert "0808\xa0802\xa00300" not in client.get("/sheet/").content.decode()


def test_the_card_says_when_its_oldest_number_was_checked(register, client):
    check = register.get(slug="samaritans").last_check
    Check.objects.filter(pk=check.pk).update(day="2026-10-01")
    agree_all()
    assert "Numbers checked 1 October 2026." in read(client.get("/sheet/")).text


@pytest.mark.long
def test_a_number_taken_off_leaves_no_name_on_the_card(register, client):
    def printed():
        html = client.get("/sheet/").content.decode()
        return html.split('<div class="wallet">')[1].split("</main>")[0].lower()

    assert "helpline:" in printed()
    for slug in ("national-stalking-helpline", "victim-care", "samaritans"):
        alternative = register.get(slug="juno" if slug == "victim-care" else "victim-support")
        register.filter(slug=slug).update(
            status="withheld", withheld_because="It rang out.", alternative=alternative
        )
    agree_all()
    told = ("stalk", "juno", "abuse", "victim", "women", "we do not print", "helpline:")
    assert [word for word in told if word in printed()] == []
    assert "tel:101" in printed()


def test_the_card_says_what_55_does_not_do(sheet):
    card = read(sheet).part("Emergency:", "Police, not urgent")
    assert "55 does not tell police where you are." in card


def test_nothing_is_cut_off_the_card_on_paper():
    rules = Path("static/css/site.css").read_text(encoding="utf-8").splitlines()
    on_paper = [rule for rule in rules if ".wallet {" in rule and "3in" in rule]
    assert len(on_paper) == 1
    assert "overflow" not in on_paper[0]
    assert " block-size" not in on_paper[0]
