"""Numbers to dial that are spelled in words: "oh eight hundred", "double one", "one sixteen"."""

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise

from .digits import listed
from .figures import USED, Sentences

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
FILLERS = frozenset(
    listed("then and dash space dot point comma slash hyphen next again a the number press")
)
# The vowels of Indian scripts and of Arabic are signs beside their letters.
WORD = re.compile(r"[^\W\d_]+(?:[\u064b-\u065f\u0900-\u0963\u0970-\u0dff]+[^\W\d_]*)*")
# "a three-hour call": the hyphen leads on to a word that is no number.
LEADS_ON = re.compile(r"-([^\W\d_]+)")
NEAR = re.compile(r"[^\w]{1,8}$")
# Digits in languages that are spoken here beside English, in our letters and in their own.
FOREIGN = frozenset(
    unicodedata.normalize("NFKC", word)
    for word in listed(
        """dim un dau tri pedwar pump chwech saith wyth naw zero zéro deux trois quatre cinq sept huit
    neuf cero uno dos tres cuatro cinco seis siete ocho nueve null eins zwei zwo drei vier fünf sechs
    sieben acht neun due tre quattro cinque sei sette otto nove um dois três quatro sete oito jeden dwa
    trzy cztery pięć piec sześć szesc siedem osiem dziewięć dziewiec doi trei patru cinci șase sase
    șapte sapte opt nouă noua sifar ek do teen char chaar paanch panch chhe saat aath nau sıfır sifir
    bir iki üç uc dört dort beş bes altı alti yedi sekiz dokuz nul een twee drie vijf zes zeven
    unu ik panj saath che sifr wahid ithnan thalatha arbaa khamsa sitta sabaa thamania tisaa
    صفر ایک دو تین چار پانچ چھ سات آٹھ نو واحد اثنان اثنين ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة
    ਸਿਫ਼ਰ ਇੱਕ ਇਕ ਦੋ ਤਿੰਨ ਚਾਰ ਪੰਜ ਛੇ ਸੱਤ ਅੱਠ ਨੌਂ ਨੌ शून्य एक दो तीन चार पाँच पांच छह छः सात आठ नौ
    শূন্য এক দুই তিন চার পাঁচ ছয় সাত আট নয় ноль нуль один два три четыре чотири пять шесть шість семь
    сім восемь вісім девять"""
    )
)
FOREIGN_RUN = 3
ROMAN = r"[IVXLCDM]"
ROMANS = re.compile(rf"(?<![\w-])(?:{ROMAN}{{1,8}}[ ,/.-]{{1,3}}){{3,20}}{ROMAN}{{1,8}}(?![\w-])")
# "Call MMXXIV": told to call it, nothing else can be meant.
TOLD_ROMAN = re.compile(
    rf"\b(?i:call|dial|ring|text|phone|number|line is)\s(?=[IVXLCDM ]*[VXLCDM])({ROMAN}{{2,15}})(?![\w-])"
)
ARTICLE = re.compile(r"\b(?:a|the)\s$", re.IGNORECASE)
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
    found += [(match[0], match.start()) for match in ROMANS.finditer(words)]
    found += [(match[1], match.start(1)) for match in TOLD_ROMAN.finditer(words)]
    found += foreign(words)
    for run in runs(words):
        if is_number(run, words):
            found.append((words[run[0].start : run[-1].end], run[0].start))
    return found


def foreign(words):
    """Yield each run of digits in words of another language, English ones among them or not."""
    run = []
    for match in [*WORD.finditer(words), None]:
        near = match and run and NEAR.fullmatch(words[run[-1].end() : match.start()])
        if match and (near or not run) and is_digit(match[0]):
            run.append(match)
            continue
        if sum(one[0].lower() in FOREIGN for one in run) >= FOREIGN_RUN:
            yield words[run[0].start() : run[-1].end()], run[0].start()
        run = [match] if match and is_digit(match[0]) else []


def is_digit(word):
    said = word.lower()
    return said in FOREIGN or said in ONES or said in NOUGHTS


def runs(words):
    """Return the runs of number words that stand together, fillers between them left out."""
    found, run, fillers, end = [], [], [], None
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
        return is_told(run, words) and len(cardinals[0][0]) >= 3
    between = [first.between for _, first in cardinals[1:]]
    values = [int(value) for value, _ in cardinals]
    if all(said == "and" for said in between):
        long = sum(len(value) for value, _ in cardinals) >= 5
        return len(cardinals) >= 4 or long and is_told(run, words)
    if all(said == "," for said in between):
        goes_up = sorted(set(values)) == values
        listed = re.match(r",? (?:or|and) ", words[run[-1].end : run[-1].end + 6])
        if len(cardinals) >= 3:
            by_one = {after - value for value, after in pairwise(values)} in ({1}, {-1})
            return is_told(run, words) if by_one else not (goes_up and listed)
        return sum(len(value) for value, _ in cardinals) >= 4 and is_told(run, words)
    return sum(len(value) for value, _ in cardinals) >= 3


def is_told(run, words):
    """Return whether a run of number words is what somebody is told to call or use."""
    before = ARTICLE.sub("", words[: run[0].start])
    return Sentences(words).is_direct(len(before)) or bool(USED.search(before))


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
        # "hundred and five", without its "a".
        value, at = "1", place if words[place] in SCALES else place + 1
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
    return str(total), at
