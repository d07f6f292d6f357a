"""Checks of numbers and addresses in words. By allowing: what is not known is refused."""

import re
from functools import lru_cache
from urllib.parse import unquote

from ..rates import can_cost_extra
from . import addresses, digits, figures, number_words
from .facts import SHORT
from .parsing import problem, squeeze

REGISTER = "Choose the service from the register, or put it in the text as [[its-name]]."
COUNTS = (
    "If it is no number to call, say what it counts, as in “12 people”, and put words between it "
    "and “call”, as in “Call between 9am and 5pm”."
)
AGREE = "Take it out, or ask two register keepers to agree it."
SILENCE = re.compile(r"999\W*(?:(?:then|and)\W*)*55(?!\d)", re.IGNORECASE)
# What a phone may be told: a number, nothing after it.
DIALS = re.compile(r"(?:tel|sms):\+?[0-9]+", re.IGNORECASE)
DAY = re.compile(r"(?<!\d)(?:19|20)\d\d-[01]\d-[0-3]\d(?!\d)")
SEPARATORS = re.compile(r"[-_/+]+")
LONG = re.compile(r"(?<![\w.-])(?:\+44|0) ?\d(?: ?\d){8,9}(?![\w.-])")
QUOTED = 60
# The words of what stands alone in an item of a list, and what may stand beside its figure.
PIECE = re.compile(r"\d+|[^\W\d_]+")
UNLIKE = re.compile(r"[^\w\s().,:;!-]")
PRESSED = {"press", "key", "then", "dial"}
# The cell of a table, or an item of a list: a digit and what it counts.
CELL = re.compile(r"[£$€]?\d(?:\s?(?:%|[^\W\d_]{1,10}))?")


def numbers_are_known(page, facts):
    """Every number that can be called, or stands where numbers do, is in the register."""
    for call in page.calls:
        href = call.get("href") or ""
        for number in [dialled_in(href)] if call.is_link else digits.runs(call.text):
            if number in facts.numbers:
                continue
            if number in facts.before:
                words = f"The register changed under this page: it no longer has “{squeeze(call.text)}”."
                mend = "Choose another service, or publish the page without it."
                yield problem(page, call, words, mend)
            else:
                words = f"“{squeeze(call.text)}” ({href or 'no link'}) is not in the register."
                yield problem(page, call, words, REGISTER)


def links_show_what_they_dial(page, facts):
    """A link shows the number that it dials, as the register shows it, and no other digit.

    Nobody reaches another number than they read.
    """
    for call in page.calls:
        if not call.is_link:
            continue
        dial, href = dialled_in(call.get("href")), unquote(call.get("href") or "")
        displays = facts.displays.get(dial)
        # One that nobody knows is told by numbers_are_known; here, whether both are the same.
        same = shows(call.text, displays) if displays else set(digits.runs(call.text)) == {dial}
        if not same:
            yield problem(page, call, f"“{squeeze(call.text)}” would call {dial}.", REGISTER)
        elif not DIALS.fullmatch(href):
            words = f"The link “{squeeze(call.text)}” says more than a number."
            yield problem(page, call, words, REGISTER)


def shows(text, displays):
    """Return whether a text has one of these displays in it, and nothing else like a number."""
    said = squeeze(digits.plain(text))
    for display in displays:
        before, found, after = said.partition(display)
        rest = f"{before} | {after}"
        if found and not any(c.isdigit() for c in rest) and not contacts_in(rest):
            return True
    return False


def no_premium_rate(page, facts):
    """No link calls a number that costs extra, whatever the register says."""
    for call in page.calls:
        if call.is_link and can_cost_extra(dialled_in(call.get("href"))):
            words = f"“{squeeze(call.text)}” is a number that can cost a lot."
            mend = "Ask the register keeper for a number that is free or cheap."
            yield problem(page, call, words, mend)


@lru_cache(maxsize=8192)
def contacts_in(words):
    """Return what reads as a number or an address in a text: (kind, what stands there)."""
    plain = digits.plain(words)
    found = [("address", *one) for one in addresses.find(plain)[: figures.TOLD_AT_MOST]]
    for kind, look in (("number", figures.unexplained), ("spelled", number_words.spelled)):
        for shown, place in look(plain)[: figures.TOLD_AT_MOST]:
            if not any(at <= place < at + len(other) for _, other, at in found):
                found.append((kind, shown, place))
    return [(kind, shown) for kind, shown, _ in found]


def unknown_in(words, facts):
    """Yield (sentence, mend) for each number and address in a text that nobody agreed."""
    for kind, shown in contacts_in(words):
        dial, quoted = digits.dialled(shown), f"{shown[:QUOTED]}…" if len(shown) > QUOTED else shown
        if kind == "address":
            if not facts.has_address(shown):
                yield f"“{quoted}” is an address that nobody agreed.", AGREE
        elif kind == "spelled":
            yield f"“{quoted}” reads as a number.", f"{REGISTER} {COUNTS}"
        elif not facts.has_number(shown):
            known = facts.numbers.get(dial)
            mend = f"{REGISTER} {COUNTS}" if len(dial) <= SHORT else REGISTER
            if known and known.slug:
                mend = f"It is the number of {known.service}. Put [[{known.slug}]] in its place."
            yield f"The number {quoted}", mend


def words_hold_no_contacts(page, facts):
    """What is typed into a text would stay when the register changes, or nobody agreed it."""
    for words, where in texts(page):
        for sentence, mend in unknown_in(words, facts):
            if sentence.startswith("The number "):
                sentence += " is typed into the text."
            yield problem(page, where, sentence, mend)
    for shown, where in [*cells(page), *told_before(page)]:
        yield problem(page, where, f"“{shown}” reads as a number.", f"{REGISTER} {COUNTS}")
    for element, name, said in page.spoken:
        typed_in = name == "value" and element.get("type") not in ("button", "submit", "reset")
        if typed_in or (name == "content" and not element.is_description):
            found = [n for n in LONG.findall(said) if digits.dialled(n) not in facts.numbers]
            told = [(f"The number {number}", REGISTER) for number in found]
        else:
            told = unknown_in(said, facts)
        for sentence, mend in told:
            sentence = sentence.removesuffix(".").replace(" is an address", ", an address")
            words = f"{sentence} is typed into the {name} of a {element.tag}."
            yield problem(page, element, words, mend)


def lists_count_from_one(page, facts):
    """The number beside an item of a list is read too: it starts where a list may, if not at one."""
    for element in page.all("ol", "li"):
        said = element.get("start") or (element.get("value") if element.tag == "li" else "")
        if said and len(digits.plain(said).lstrip("-+0 ")) > 2:
            words = f"A list that starts at {said} reads as a number."
            yield problem(page, element, words, "Let the list start at 1.")


def address_holds_no_contact(page, facts):
    """A page's own address is read too: its short name holds no number that nobody agreed.

    Up to four figures, such as "nhs-111" and "16-17", are no contact by themselves; with "ring"
    and the like they are, and so are more of them in pieces, letters that imitate one among them.
    """
    address = unquote(page.address) if page.address.startswith("/") else ""
    said = SEPARATORS.sub(" ", DAY.sub(" ", address))
    found = contacts_in(said)
    numbers = [shown for kind, shown in found if kind == "number" and not facts.has_number(shown)]
    told = "".join(numbers).replace(" ", "")
    is_contact = len(told) > 4 or figures.CALL.search(said)
    for shown in [shown for kind, shown in found if kind != "number"] + numbers * bool(is_contact):
        words = f"The short name of the page holds “{shown}”, which reads as a number or address."
        yield problem(page, None, words, "Choose a short name of words alone.")


def texts(page):
    """Yield (words, passage) for each passage; small ones that are all figures as one.

    A number could stand in a list, one digit an item.
    """
    together = []
    for passage in page.passages:
        said = squeeze(digits.plain(passage.words))
        if len(said) <= 12 and said and is_figure(said):
            together.append(passage)
        else:
            if len(together) > 2:
                yield " ".join(one.words for one in together), together[0]
            together = []
        yield passage.words, passage
    if len(together) > 2:
        yield " ".join(one.words for one in together), together[0]


def cells(page):
    """Yield (words, passage) for each row of cells of a table that have one figure each, of a digit."""
    row = []
    for passage in page.passages:
        said = squeeze(digits.plain(passage.words))
        row = [*row, said] if CELL.fullmatch(said) else []
        if figures.are_digits(last := row[-1 - figures.ROW_AT_MOST :]):
            yield " ".join(last), passage


def told_before(page):
    """Yield (figure, passage) for each passage of one figure that the one before says to call.

    Alone it may be a year.
    """
    before = ""
    for passage in page.passages:
        said = squeeze(digits.plain(passage.words))
        if said.isdigit() and not figures.unexplained(said):
            both = f"{before} {said}"
            if any(at > len(before) for _, at in figures.unexplained(both)):
                yield said, passage
        before = said


def is_figure(words):
    """Return whether a text is figures alone, in digits or words, and what says to press them."""
    if UNLIKE.search(words):
        return False
    said = [word.lower() for word in PIECE.findall(words)]
    figures_in = [word for word in said if word in number_words.WORDS or word.isdigit()]
    return bool(figures_in) and len(figures_in) + sum(word in PRESSED for word in said) == len(said)


def silence_is_not_a_number(page, facts):
    """999 and 55 are never one thing to dial: 55 is pressed only when the call asks for it.

    Rule: facts/helplines.md, "mistakes most likely to hurt".
    """
    for passage in page.passages:
        if found := SILENCE.search(digits.plain(passage.words)):
            words = f"“{squeeze(found[0])}” reads as one number to dial."
            mend = "Write: Call 999. Listen. On a mobile, press 55 when you are asked to."
            yield problem(page, passage, words, mend)


def no_strange_characters(page, facts):
    """Nothing unseen, turned round or imitating a digit: it would get past the other checks."""
    said = [(words, element) for element, _, words in page.spoken]
    said += [(call.text, call) for call in page.calls]
    for words, where in [(p.words, p) for p in page.passages] + said:
        if found := digits.strange(words):
            names = ", ".join(sorted(f"U+{ord(c):04X}" for c in found))
            yield problem(
                page,
                where,
                f"“{squeeze(words)[:80]}” holds a character that hides or imitates others ({names}).",
                "Type the words again instead of pasting them.",
            )


def dialled_in(href):
    """Return what a tel: or sms: link dials."""
    return digits.dialled(unquote(href or "").partition(":")[2].partition("?")[0].partition(";")[0])
