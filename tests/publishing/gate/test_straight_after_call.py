"""After "call" and the like nothing passes that could be dialled, whatever it looks like."""

import random
import re

import phonenumbers
import pytest
from phonenumbers import shortnumberinfo

from publishing.gate import shapes
from publishing.gate.contacts import contacts_in

VERBS = """Call|Text|Ring|Dial|Phone|Telephone|WhatsApp|Skype|Message us on|Tel.|Tel:|Mob:|SMS
|Call us on|Ring us now on|Text us|Phone the helpline on|Dial this number:|Our number is|Helpline:
|Key in|Enter|Freephone|Please call|Or text|Hotline -|Calling|Call now:|Fax""".replace("\n", "")
# What has a shape of writing elsewhere.
FIGURES = """12 April 2024|April 12|9am to 5pm|10:30am|08.08 to 08.02pm|7726 times|8525 m|8525 mm
|1,471 minutes|£7,726|£8525|159%|1471 people|120 new cases|2024|2023-24|1998, 1999|A610|M1 159|NG5 8PP
|section 159|aged 16|159th|1st, 1st, 6th|16 or over|1920 x 1080 pixels|in the 1990s|30 feet|500-metre
|11 times, 61 times|8am 5am 2am""".replace("\n", "")
UNITS = "times|seconds|minutes|hours|days|nights|weeks|months|years"


@pytest.mark.parametrize("verb", VERBS.split("|"))
def test_nothing_passes_straight_after_it(verb):
    lead = {
        "April 12",
        "in the 1990s",
        "section 159",
        "aged 16",
    }  # a word stands between: another rule
    figures = [figure for figure in FIGURES.split("|") if figure not in lead]
    assert [f for f in figures if not contacts_in(f"{verb} {f}")] == []
    # Each is writing where nobody is told to call.
    assert [f for f in figures[:8] if contacts_in(f"It was {f} long ago.")] == []


def straight_after():
    """Return everything that passes straight after "call", by asking for all of it."""
    figures = [str(number) for number in range(2_000)]
    ends = [f" {unit}" for unit in UNITS.split("|")] + [
        "/7",
        "/7/365",
        "",
        "am",
        "pm",
        "%",
        "p",
        "m",
    ]
    said = [f"{figure}{end}" for figure in figures for end in ends]
    return [one for one in said if not contacts_in(f"Call {one}")]


@pytest.mark.long
def test_what_passes_there_is_no_number_that_a_phone_dials():
    passed = straight_after()
    assert "20 times" in passed
    assert "24 hours" in passed
    assert "24/7" in passed
    for one in passed:
        digits = re.sub(r"\D", "", one)
        number = phonenumbers.PhoneNumber(country_code=44, national_number=int(digits))
        assert not shortnumberinfo.is_valid_short_number_for_region(number, "GB"), one
        assert not phonenumbers.is_possible_number(number), one
        assert len(digits) <= 2 or one in ("24/7", "365 days"), one


def test_the_shapes_are_these_three_and_no_others():
    patterns = [pattern.pattern for pattern, _ in shapes.STRAIGHT_AFTER]
    assert len(patterns) == 3
    assert all(behind is None for _, behind in shapes.STRAIGHT_AFTER)


@pytest.mark.long
def test_no_disguise_of_a_number_passes_there():
    rng, passed = random.Random(20261126), []
    ends = ["", " times", " m", "mm", "%", " people", "am", "pm", " minutes", " of them", "th", "p"]
    between = [
        "",
        " ",
        "-",
        ".",
        ", ",
        " to ",
        "am ",
        "pm to ",
        "/",
        ":",
        " and ",
        " times ",
        " days, ",
    ]
    for _ in range(2000):
        length = rng.choice([3, 4, 5, 6, 10, 11])
        digits = "".join(rng.choice("0123456789") for _ in range(length))
        if digits in {"365", "247"}:
            continue
        text, join = "", rng.choice(between)
        while digits:
            step = rng.randint(1, 4)
            text, digits = text + digits[:step] + (join if digits[step:] else ""), digits[step:]
        words = f"{rng.choice(VERBS.split('|'))} {text}{rng.choice(ends)}"
        if not contacts_in(words):
            passed.append(words)
    assert passed == []
