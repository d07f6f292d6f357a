"""Numbers to dial that are spelled in words: "oh eight hundred", "double one", "one sixteen"."""

import re
from dataclasses import dataclass

from .digits import listed
from .figures import Sentences

ONES = {
    word: str(value)
    for value, word in enumerate(listed("zero one two three four five six seven eight nine"))
}
NOUGHTS = dict.fromkeys(["oh", "o", "nought", "naught", "nil", "zero"], "0")
TEENS = {
    word: str(value)
    for value, word in enumerate(
        listed("ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"),
        start=10,
    )
}
TENS = {
    word: str(value)
    for value, word in enumerate(
        listed("twenty thirty forty fifty sixty seventy eighty ninety"), start=2
    )
}
SCALES = {"hundred": "00", "thousand": "000"}
TIMES = {"double": 2, "triple": 3, "treble": 3, "quadruple": 4}
WORDS = {*ONES, *NOUGHTS, *TEENS, *TENS, *SCALES, *TIMES}
# What may be said between two digits of one number.
FILLERS = {"then", "and", "dash", "space", "dot", "point", "comma", "slash", "hyphen", "next"}
WORD = re.compile(r"[^\W\d_]+")
# "a three-hour call": the hyphen leads on to a word that is no number.
LEADS_ON = re.compile(r"-([^\W\d_]+)")
NEAR = re.compile(r"[^\w]{1,4}$")
MORSE = re.compile(r"(?<![.-])[.-]{5}(?:[ /]{1,3}[.-]{5}){2,40}(?![.-])")


@dataclass
class Spoken:
    """A number word: where it stands, and what stands between it and the one before."""

    word: str
    start: int
    end: int
    between: str = ""


def spelled(words):
    """Return the numbers that a text spells: (what stands there, its place)."""
    found = [(match[0], match.start()) for match in MORSE.finditer(words)]
    for run in runs(words):
        if is_number(run, words):
            found.append((words[run[0].start : run[-1].end], run[0].start))
    return found


def runs(words):
    """Return the runs of number words that stand together, fillers between them left out."""
    found, run, fillers, end = [], [], [], 0
    for match in WORD.finditer(words):
        said = match[0].lower()
        near = bool(NEAR.fullmatch(words[end : match.start()])) if run else False
        end = match.end()
        if said in WORDS and not leads_on(words, match.end()):
            if run and near:
                between = " ".join(fillers) or words[run[-1].end : match.start()].strip()
                run.append(Spoken(said, match.start(), match.end(), between))
            else:
                found.append(run)
                run = [Spoken(said, match.start(), match.end())]
            fillers = []
        elif said in FILLERS and run and near and len(fillers) < 2:
            fillers.append(said)
        else:
            found.append(run)
            run, fillers = [], []
    return [run for run in [*found, run] if run]


def leads_on(words, place):
    after = LEADS_ON.match(words, place)
    return bool(after) and after[1].lower() not in WORDS


def is_number(run, words):
    """Return whether number words that stand together are one to dial, not a count or a list."""
    if len(run) == 1:
        return False
    if any(one.word in TIMES for one in run[:-1]):
        return True
    if any(one.word in NOUGHTS for one in run):
        return True
    cardinals = list(cardinals_of(run))
    if len(cardinals) == 1:
        direct = Sentences(words).is_direct(run[0].start)
        return direct and len(cardinals[0][0]) >= 3
    between = [one.between for _, first in cardinals[1:] for one in [first]]
    values = [int(value) for value, _ in cardinals]
    if all(said == "and" for said in between):
        return len(cardinals) >= 4
    if all(said == "," for said in between):
        goes_up = sorted(set(values)) == values
        listed = re.match(r",? (?:or|and) ", words[run[-1].end : run[-1].end + 6])
        return len(cardinals) >= 3 and not (goes_up and listed)
    return sum(len(value) for value, _ in cardinals) >= 3


def cardinals_of(run):
    """Yield (digits, first word) for each whole number or year in a run, from the left."""
    place, words = 0, [one.word for one in run]
    joined = [one.between in ("", "-", "and") for one in run]
    while place < len(run):
        first, digits, place = run[place], *cardinal(run, words, joined, place)
        yield digits, first


def cardinal(run, words, joined, place):
    """Return the digits of the number that begins at a place in a run, and where it ends."""

    def below_hundred(at):
        if at < len(words) and words[at] in TENS:
            if at + 1 < len(words) and words[at + 1] in ONES and run[at + 1].between in ("", "-"):
                return TENS[words[at]] + ONES[words[at + 1]], at + 2
            return TENS[words[at]] + "0", at + 1
        if at < len(words) and words[at] in TEENS:
            return TEENS[words[at]], at + 1
        if at < len(words) and words[at] in ONES:
            return ONES[words[at]], at + 1
        return None, at

    value, at = below_hundred(place)
    if value is None:
        return "1" + SCALES.get(words[place], ""), place + 1
    # A year, such as nineteen ninety-seven.
    if (
        value in ("19", "20")
        and at < len(words)
        and words[at] not in SCALES
        and not run[at].between
    ):
        rest, after = below_hundred(at)
        if rest and len(rest) == 2:
            return value + rest, after
    total = int(value)
    while at < len(words) and words[at] in SCALES and joined[at]:
        total *= 10 ** len(SCALES[words[at]])
        at += 1
        if at < len(words) and joined[at]:
            rest, after = below_hundred(at)
            follows_scale = after < len(words) and words[after] in SCALES
            if rest and (
                run[at].between == "and" or not follows_scale or words[after] == "hundred"
            ):
                if follows_scale and words[after] == "hundred" and total >= 1000:
                    rest, after = str(int(rest) * 100), after + 1
                elif follows_scale:
                    break
                total, at = total + int(rest), after
                if total % 1000 and at < len(words) and words[at] in SCALES and total < 1000:
                    continue
    return str(total), at
