"""Change what is printed, anywhere: the gate refuses it, or the workers do not load it."""

import random
import re

import pytest

from publishing import gate, sources
from publishing.gate import contacts
from publishing.printing import editions
from signposting import content

from .builders import CARD, KNOWN, make_edition, make_html

SEED = 20261126
TIMES = 500
CALLS = '<p><a class="call" href="tel:{}">{}</a></p>'
# Not those in the names of tags, such as </h2>.
DIGIT = re.compile(r"(?<!<h)(?<!</h)\d")


def page():
    """Return a page with the card and a call link for every number that we know."""
    known = [number for number in KNOWN.numbers if not number.dial.startswith("18")]
    return make_html("".join(CALLS.format(one.dial, one.display) for one in known))


def mutated(text, rng):
    """Return a text with one digit changed, dropped, doubled, swapped, or of another script."""
    places = [match.start() for match in DIGIT.finditer(text)]
    at = rng.choice(places)
    digit, how = text[at], rng.choice(["change", "drop", "double", "swap", "other", "letter"])
    new = {
        "change": str((int(digit) + rng.randint(1, 9)) % 10),
        "drop": "",
        "double": digit * 2,
        "other": chr(0x0660 + int(digit)),
        "letter": "OlZEASGTBg"[int(digit)],
    }.get(how)
    others = [place for place in places if text[place] != digit]
    if how == "swap" and others:
        low, high = sorted((at, rng.choice(others)))
        return text[:low] + text[high] + text[low + 1 : high] + text[low] + text[high + 1 :]
    new = str((int(digit) + 1) % 10) if new is None else new
    return text[:at] + new + text[at + 1 :]


def refused(html):
    return gate.inspect(make_edition(pages={"/signs/": html}), KNOWN)


@pytest.mark.long
def test_a_digit_that_a_template_prints_wrong_is_refused():
    rng, right = random.Random(SEED), page()
    assert refused(right) == []
    start, end = right.index("<main"), right.index("</section>")
    passed = []
    for _ in range(TIMES):
        part = mutated(right[start:end], rng)
        if not refused(right[:start] + part + right[end:]):
            passed.append(part)
    assert passed == []


@pytest.mark.long
def test_a_number_wrong_in_link_and_text_alike_is_refused():
    rng = random.Random(SEED)
    for number in KNOWN.numbers:
        for _ in range(20):
            dial = mutated(number.dial, rng)
            known = {one.dial for one in KNOWN.numbers}
            if dial not in known:
                assert refused(make_html(CALLS.format(dial, dial))), dial


@pytest.mark.parametrize("number", ["999", "55", "18000"])
def test_the_emergency_numbers_are_never_wrong_in_the_card(number):
    assert number in CARD
    for digit in "0123456789":
        for at in range(len(number)):
            wrong = number[:at] + digit + number[at + 1 :]
            if wrong != number:
                card = CARD.replace(number, wrong, 1)
                found = [problem.words for problem in refused(make_html(card=card))]
                assert "The emergency card is not as it must be." in found


@pytest.mark.long
def test_a_changed_file_of_an_edition_is_not_loaded(editions_dir):
    rng = random.Random(SEED)
    editions.switch(editions.write(make_edition(pages={"/signs/": page()})))
    # What the next print need not read again is not served, and has its own hash and test.
    every = [file for file in (editions_dir / "1").rglob("*") if file.is_file()]
    files = [file for file in every if file.name != editions.OUTLINES]
    taken = []
    for _ in range(TIMES):
        file = rng.choice(files)
        right = file.read_bytes()
        text = mutated(right.decode(), rng).encode()
        file.write_bytes(text)
        try:
            found = editions.load(1)
        except editions.Damaged:
            pass
        else:
            # A manifest says when it was made and why; no page of it differs.
            same = editions.Edition(found.items, found.parts, found.made)
            if file.name != "manifest.json" or gate.inspect(same, KNOWN):
                taken.append((file.name, text))
        file.write_bytes(right)
    assert taken == []


@pytest.mark.long
@pytest.mark.django_db
def test_every_number_of_the_launch_content_is_held(settings):
    content.load()
    known = sources.known()
    facts = gate.Facts(known=known)
    rng = random.Random(SEED)
    for number in known.numbers:
        for _ in range(10):
            shown = mutated(number.display, rng)
            html = make_html(CALLS.format(number.dial, shown))
            wrong = [*gate.look_at(gate.parse("/x/", html), contacts_checks(), facts)]
            assert wrong, (number.display, shown)


def contacts_checks():
    return [
        contacts.numbers_are_known,
        contacts.links_show_what_they_dial,
        contacts.words_hold_no_contacts,
        contacts.no_strange_characters,
    ]
