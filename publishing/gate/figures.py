"""Where digits stand in a sentence, and so which shapes of writing they may have there.

The gate allows, it does not forbid: digits that have none of the shapes must be a number of
the register. After "call" and the like fewer shapes count, and straight after it almost none.
"""

import re
from bisect import bisect_left
from itertools import groupby

from . import shapes
from .shapes import fits

# What a phone is told to do, and what stands before a number.
VERB = (
    r"call|calling|text|texting|txt|ring|ringing|dial|dialling|phone|phoning|telephone|tel|ph|mob"
    r"|mobile|whatsapp|viber|skype|facetime|sms|fax|hotline|helpline|help ?line|freephone|freefone"
    r"|(?<!not )enter|ext|extension"
)
# Where somebody is told how to reach somebody.
CALL = re.compile(
    rf"(?<![\w-])(?:{VERB}|signal|telegram|message us|messages? to|line is|lines are|contact|reach"
    r"|(?<!case )number(?! (?:of|rose|fell|grew|go|went)\b)|numbers(?! (?:of|rose|fell|grew|go|went)\b)|key in|punch in|tap in|type in|send|forward|get us|get through|drop us|drop a line"
    r"|(?:speak|talk|chat) to (?:us|someone|somebody)|get in touch|get (?:help|support) on|switchboard"
    r"|(?:crisis|support|advice|emergency) line|kontakt|zadzwoń|llame|llámenos|appelez|appelez-nous)(?![\w-])",
    re.IGNORECASE,
)
# The number itself comes next.
DIRECT = re.compile(
    rf"(?:(?<![\w-])(?i:{VERB}|line|number|on|at|to|via|na|pod|la|al|au|en|is|are|us|me|him|her|them|now|direct|free)"
    r"|(?<![\w-])[A-Z]{2,}|[:=\"”>|→])[\s.]*$"
)
# Somebody is told to call just this.
STRAIGHT = re.compile(
    rf"(?<![\w-])(?:{VERB}|signal|telegram|(?<!case )number|key in|punch in|tap in|type in"
    r"|message(?= us| me| him| her| them))(?:\s(?:us|me|him|her|them|now|today|free|direct|on|via"
    r"|using|our|the|this|number|line|helpline|team|is|just|only|simply)){0,4}[\s.:=(\"'>→£$€-]*$",
    re.IGNORECASE,
)
# Whom to reach comes next, with no word for a phone in the sentence: "report it to 7726".
LEADS = re.compile(
    r"(?<![\w-])(?:(?:speak|talk|chat|reply|write|complain|report|pass|show|get in touch)\b(?:,?\s(?!up\b)[\w']+){0,3}"
    r",?\s(?:to|or|by)|(?:go|turn) to|get (?:help|support) from|(?:numer|telefon|kontakt) to)\s[£$€]?$",
    re.IGNORECASE,
)
# What comes next is used, at the beginning of a sentence, also after a number: "Use 159 Stop Scams".
USED = re.compile(
    r"(?:^|[^\w\s]|\d\s+(?=(?-i:[A-Z])))\s*(?:please\s|the\s)?(?:use|try|contact|speak to)\s(?:the\s)?$",
    re.IGNORECASE,
)
SENTENCE = re.compile(
    r"(?<!\btel)(?<!\bph)(?<!\bmob)(?<!\bno)(?<!\bext)[.!?]+(?=[\s:]|$)|[\n|;]", re.I
)
ATOM = re.compile(r"[^\W_]*\d[^\W_]*")
TOUCHING = re.compile(r"[^\w]{0,8}$")
NEXT = re.compile(r"(?P<between>[^\w]{0,8})\d")
AROUND = re.compile(r"[\d(+][\d\s().,+/*_-]*")
DIGITS = re.compile(r"\d+")
BARE = re.compile(r"\d{1,3}[A-H]?")
# So many digits a number to dial has at least, in one piece; and so many together, in a chain.
DIALLED = re.compile(r"\d{3}")
DIALLED_AT_LEAST = 5
# "Module 1 (2 hours)": it is how long the part lasts.
LASTS = re.compile(r"\s\([1-9]\d?\s?(?:minute|min|hour|hr|day|week|month|year)s?\)", re.IGNORECASE)
LOOK_BEHIND = 40
BARE_AT_MOST = 3
# Between two figures of a row; and so many of a row are writing, such as "at 1am, 2am and 4am".
JOINS = re.compile(
    r"[^\w.!?]*(?:(?:then|and|or|to|next|by)[^\w.!?]+)?"
    r"|[^\w]*(?:(?:then|and|or|next|again)[^\w]+){0,2}(?:press|key|tap|option)[^\w]+",
    re.IGNORECASE,
)
ROW_AT_MOST = 3
AGAIN = re.compile(
    r"(?<!\w)([^\W\d_]{2,20}\s)\d{1,3}(?:[^\w.!?]{1,3}(?:and\s|then\s)?\1\d{1,3}){2,9}(?!\w)",
    re.IGNORECASE,
)
# One is enough to refuse a text; so many are enough to tell.
TOLD_AT_MOST = 20


def unexplained(words):
    """Return the runs of digits in a plain text that have no shape of writing.

    Each is (what stands there, as it is written; its place in the text).
    """
    if not any(c.isdigit() for c in words):
        return []
    return Sentences(words).unexplained()


def are_digits(row):
    """Return whether figures read as the digits of a number, such as "8%", "5%", "2%", "5%", "8%".

    There are more than ROW_AT_MOST, each has one digit, and they neither rise nor fall as a list does.
    """
    said = [re.sub(r"\D", "", words) for words in row]
    ordered = sorted(set(said))
    single = len(said) > ROW_AT_MOST and all(len(one) == 1 for one in said)
    return single and said not in (ordered, ordered[::-1])


class Sentences:
    """A text whose digits are explained from left to right."""

    def __init__(self, words):
        self.words = words
        self.calls = [match.start() for match in CALL.finditer(words)]
        self.ends = [match.start() for match in SENTENCE.finditer(words)]

    def unexplained(self):
        found, place, bare, shown = [], 0, [], []
        while (atom := ATOM.search(self.words, place)) and len(found) < TOLD_AT_MOST:
            start = atom.start()
            if (end := self.explained(start)) and not self.runs_on(start, end):
                if self.is_bare(start, end):
                    bare.append(start)
                shown.append((start, end))
                place = end
                continue
            whole = AROUND.match(self.words, start)
            place = max(one.end() for one in (atom, whole) if one)
            found.append((self.words[start:place].strip(" (,/*_-.+"), start))
        return found or self.too_many(bare) or self.in_a_row(shown) or self.repeated()

    def is_bare(self, start, end):
        return bool(BARE.fullmatch(self.words, start, end))

    def too_many(self, bare):
        """Many single figures in one sentence can be one number, said with words between."""
        for _, here in groupby(bare, key=self.sentence):
            places = list(here)
            values = [int(DIGITS.match(self.words, place)[0]) for place in places]
            counts_on = values == [*range(values[0], values[0] + len(values))]
            if len(places) > BARE_AT_MOST and not counts_on:
                return [(self.words[places[0] : places[-1] + 2].strip(), places[0])]
        return []

    def in_a_row(self, shown):
        """Figures in a row can be one number, one digit a shape, above all where one is to call."""
        row = shown[:1]
        for one in shown[1:]:
            near = JOINS.fullmatch(self.words[row[-1][1] : one[0]]) if row else None
            row = [*row, one] if near else [one]
            first = row[0][0]
            last = row[-1 - ROW_AT_MOST :]
            if are_digits([self.words[start:end] for start, end in last]):
                return [(self.words[last[0][0] : one[1]], last[0][0])]
            if len(row) > (1 if self.is_straight(first) else ROW_AT_MOST) and self.is_told(first):
                return [(self.words[first : one[1]], first)]
        return []

    def repeated(self):
        """Figures after one word said again and again can be one number: "step 11, step 61, step 23"."""
        for match in AGAIN.finditer(self.words):
            values = DIGITS.findall(match[0])
            said = [int(value) for value in values]
            if said != sorted(said) and sum(map(len, values)) >= DIALLED_AT_LEAST:
                return [(match[0], match.start())]
        return []

    def sentence(self, place):
        return bisect_left(self.ends, place)

    def is_told(self, place):
        """Return whether the sentence says to call, text or reach somebody."""
        number = self.sentence(place)
        begins = self.ends[number - 1] if number else 0
        ends = self.ends[number] if number < len(self.ends) else len(self.words)
        at = bisect_left(self.calls, begins)
        return at < len(self.calls) and self.calls[at] < ends

    def is_direct(self, place):
        """Return whether what comes next is what somebody is told to call."""
        behind = self.words[max(0, place - LOOK_BEHIND) : place]
        return self.is_told(place) and bool(DIRECT.search(behind))

    def is_straight(self, place):
        """Return whether what comes next stands straight after the word that says to call."""
        behind = self.words[max(0, place - LOOK_BEHIND) : place]
        return self.is_told(place) and bool(STRAIGHT.search(behind))

    def explained(self, start):
        """Return where the shape that begins here ends, or None."""
        words = self.words
        behind = words[max(0, start - LOOK_BEHIND) : start]
        after = shapes.shapes_after(behind)
        if self.is_straight(start):
            ends = [fits(one, words, start, after) for one in shapes.STRAIGHT_AFTER]
            return max(filter(None, ends), default=None)
        allowed, ends = list(shapes.CLEAR), []
        if behind.rstrip().endswith(shapes.MONEY) and (match := shapes.AMOUNT.match(words, start)):
            ends.append(match.end())
        if not self.is_direct(start):
            allowed += [*shapes.MEASURES, *shapes.IN_SENTENCES, *shapes.WITH_LETTERS, shapes.AGES]
            if not (USED.search(behind) and DIALLED.match(words, start)):
                ends.append(shapes.counted(words, start))
            ends.append(shapes.counted_on(words, start, after))
            if not self.is_told(start):
                if words[:start].strip() in ("", "[", "("):
                    allowed.append(shapes.NUMBERED)
                allowed.append(shapes.FEW if LEADS.search(behind) else shapes.QUANTITIES)
        ends += [fits(one, words, start, after) for one in allowed]
        return max(filter(None, ends), default=None)

    def runs_on(self, start, end):
        """Return whether more digits stand so close that both are one number."""
        after = NEXT.match(self.words, end)
        if not after:
            return False
        between = after["between"]
        if LASTS.match(self.words, end):
            return False
        if self.words[start:end].isdigit() and len(self.words[start:end]) != 4:
            return True
        return not (between.strip() or not self.words[end - 1].isdigit())
