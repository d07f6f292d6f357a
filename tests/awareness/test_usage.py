"""On which pages a service stands, which the register asks this app."""

import pytest

from awareness import editing, usage
from awareness.models import Helplines
from signposting import content as signposting
from signposting import usage as register

from ..content import load
from .conftest import write


@pytest.mark.long
def test_a_service_counts_once_a_page_that_readers_see(publish, make_page):
    load(signposting)
    publish("one", words="Call [[paladin]], [[101]], or [[paladin]] again.")
    page = make_page("two", words="Call [[paladin]].")
    Helplines.objects.create(
        parent=page, region="main", ordering=20, heading="Call", services=["paladin", "police-101"]
    )
    one, two = ("One", "/advice/one/"), ("Two", "/advice/two/")
    found = usage.pages()
    assert (found["paladin"], found["police-101"]) == ([one], [one])  # two is a draft
    editing.publish(page, "")
    found = usage.pages()
    assert (found["paladin"], found["police-101"]) == ([one, two], [one, two])
    assert register.pages()["paladin"] == 2
    editing.withdraw(page, "")
    assert usage.pages()["paladin"] == [one]


@pytest.mark.long
def test_words_that_are_not_published_do_not_count(publish):
    load(signposting)
    page = publish("one", words="Call [[paladin]].")
    write(page, "Call [[juno]].")
    assert usage.pages() == {"paladin": [("One", "/advice/one/")]}


@pytest.mark.long
def test_the_first_numbers_stand_on_the_first_page(publish):
    load(signposting)
    publish("home", "site", words="Call [[101]].")
    home = [("Home", "/")]
    assert usage.pages() == {"national-stalking-helpline": home, "police-101": home}


def test_the_register_asks_this_room():
    assert usage.pages in register.sources


@pytest.mark.long
def test_a_number_of_the_emergency_table_is_the_service_that_answers_it(db):
    load(signposting)
    answering = register.answering()
    assert answering["101"] == "police-101"
    assert answering["999"] == "999"  # not the help for those who cannot speak, after it
