"""The shapes that digits have in writing without being a number to dial: dates, ages, money, counts.

Every pattern is tried at one place and has an end, so a long text takes time in proportion
to its length.
"""

import re
from functools import lru_cache

from .digits import listed

# Words.
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b"
)
DAY_NAME = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|weekdays?|weekends?|daily)"
ONE_UNIT = (
    r"(?:second|sec|minute|min|hour|hr|day|night|week|weekend|month|year|decade|millimetre"
    r"|centimetre|metre|kilomet(?:re|er)|mile|yard|foot|inch|kilo|gram|litre|tonne|watt|volt|pixel"
    r"|degree|acre|pound)"
)
UNITS = (
    rf"(?:{ONE_UNIT}s|secs|mins|hrs|inches|feet|ft|mm|cm|km|kg|g|mg|lbs?|stone|ml|mph|kmh|kph"
    r"|[kmgt]b|[kmg]bps|[kmg]?hz|mah|k?w|px|pt|point|dpi|pence|p|million|billion|thousand|hundred"
    r"|dozen|m|bn|k|times|percent|o'clock|per ?cent|percentage points?)"
)
UNIT = rf"(?:{UNITS}|{ONE_UNIT})"
# A number before one of these is a part, a version, a place: no more than three digits.
LABEL = (
    r"(?:steps?|pages?|pp?|figures?|tables?|questions?|box|room|floor|level|band|grade|years?"
    r"|stage|phase|tier|category|class|volume|issue|edition|release|unit|module|session|weeks?"
    r"|days?|part|option|channel|radio|junction|zone|bus|platform|gate|ward|appendix|annex|note"
    r"|group|flat|stop|top|covid|wi-fi|chapter|round|act|plan|block"
    r"|court|hall|version|v|chromium|chrome|firefox|safari|edge|opera|i(?:pad)?os|android|windows|macos"
    r"|iphone|ipad|galaxy|pixel|html|css)"
)
# What is numbered otherwise: no more than two digits.
NOUN = (
    r"(?:(?:tip|sign|myth|fact|reason|recommendation|right|count|exhibit|lesson|slide|item|building|exit"
    r"|principle|team|quarter|episode|footnote|priority|objective|theme|aim|goal|wave|cohort|standard"
    r"|criterion|photo|picture|video|case study|key stage|car park|victim|witness|ground|activity)s?|series|buses|case studies"
    r"|key stages|bluetooth|usb|firmware|explorer|(?:pp?|vol|fig|fn|ch)\.)"
)
# To press, to write or to be of: two digits, which nobody can dial.
KEY = r"(?:type|key|test|shift)"
# In capitals: "en" is "on" in Spanish and French.
STANDARD = r"(?:ISO(?:/IEC)?|IEC|BS(?: EN)?|EN|RFC|PAS|WCAG|Open Referral UK)"
LAW = (
    r"(?:sections?|ss?\.?|subsections?|schedules?|articles?|parts?|clauses?|regulations?|rules?"
    r"|paragraphs?|paras?\.?|chapters?)"
)
AGE = (
    r"(?:aged?|ages|under|over|above|below|age of|turn(?:s|ed)?|older than|younger than|was"
    r"|were|am|i'm|is|he's|she's|from|at least|be|between|both|then|oldest|youngest|now)"
)
QUANTITY = (
    r"(?:than|over|under|nearly|almost|about|around|approximately|roughly|from|to|by|least|most"
    r"|arrested|charged|cautioned|convicted|of|estimated|only|other|all|between|reached|totalled|and|or)"
)
# Never the thing that is counted: "159 is", "7726 free".
NOT_COUNTED = frozenset(
    listed(
        """a about after again all always an and any anyone anytime are as at back be because before
    below besides but by call can connects costs day direct does each either else every
    everyone everything for free freely from gets gives goes has have he helps her here him his
    how i if in instead is it its keeps lets line makes me means more my next no nor not
    now number of off on once only or our out perhaps plus please puts reaches rings round says
    she so sometimes still straight takes tells than that thats the their them then there
    these they this those thus to today together tomorrow tonight until up us use versus was we
    were what when where whereas which who will with works yes you your answers anywhere night
    space dot dash double triple zero oh nought hundred one two three four five six seven eight
    nine"""
    )
)
PLURAL = frozenset(
    listed(
        """people men women children police staff folk series feet mice teeth sheep personnel
    data criteria personal victims"""
    )
)

# Numbers.
YEAR = r"(?:1[6-9]|20)\d\d"
COUNT = r"(?:[1-9]\d{0,2}(?:,\d{3}){1,2}|[1-9]\d{0,3}|0)(?:\.\d{1,3})?"
SMALL = r"(?:[1-9]\d?|0)(?:\.\d)?"
BY = r"(?:\s?[x×]\s?|\sby\s)"
TO = r"(?:\s?-\s?|\s(?:to|or|and|until|till)\s)"
DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
HOUR = r"(?:1[0-2]|0?[1-9])(?:[:.][0-5]\d)?"
AM = r"\s?(?:[ap]m\b|[ap]\.m\.)"
# From one in the afternoon: "9.30" may be money, a share or a part.
DOTTED = r"(?:1[3-9]|2[0-3])\.[0-5]\d"
CLOCK = r"(?:[01]?\d|2[0-3]):[0-5]\d"
SECTION = r"[1-9]\d{0,2}[A-Z]{0,2}(?:\(\w{1,3}\)){0,3}"
# Written with a comma these could be dialled: 116 123, 118 and three digits, 85258, 7726.
LIKE_A_NUMBER = r"(?!11[68],|85,2|7,7)"
LIST = r"(?:,\s|\s(?:and|or|to)\s|\s?-\s?|,\s(?:and|or)\s)"


def shape(pattern, before="", flags=re.IGNORECASE):
    """Return (pattern at the number, pattern of the words just before it or None)."""
    behind = re.compile(rf"{before}\s?", flags) if before else None
    return re.compile(pattern + r"(?!\w)", flags), behind


# Straight after "call" and the like. Nothing here can be dialled: at most two digits, where the
# shortest number has three, or one of four phrases whose digits are no number.
STRAIGHT_AFTER = [
    shape(r"24/7|24 hours|(?:7|365) days"),
    shape(r"[4-9]-(?:digit|figure|character)"),
    shape(r"[1-9]\d?[\s-](?:times|seconds?|minutes?|hours?|days?|nights?|weeks?|months?|years?)"),
]
# What nobody takes for a number to dial, where a sentence says to call on, to or at something.
CLEAR = [
    *STRAIGHT_AFTER,
    shape(rf"{DAY}(?:(?:{LIST}|/){DAY}){{0,4}}\s(?:of\s)?{MONTH}(?:,?\s{YEAR})?"),
    shape(rf"{DAY}(?:,?\s{YEAR})?", before=MONTH),
    shape(rf"{YEAR}(?:{TO}(?:{YEAR}|\d\d))?", before=MONTH),
    shape(rf"{HOUR}(?:{AM})?{TO}{HOUR}{AM}"),
    shape(rf"{HOUR}{AM}"),
    shape(r"24/7(?:/365)?"),
    shape(rf"{SMALL}(?:{TO}{SMALL})?[\s-]?(?:{ONE_UNIT}s?|pence|p)(?:-olds?)?"),
    shape(rf"(?:{SMALL}|100)(?:{TO}{SMALL})?(?:%|°[CF]?)"),
    shape(rf"{SMALL}\+?\s(?:and|or)\s(?:over|under|above|below|older|younger|more|fewer|less)"),
    shape(r"12\s(?:noon|midday|midnight)"),
    shape(r"[1-9]\d?(?:st|nd|rd|th)"),
    # "159 rings round" could be a line; two digits are none.
    shape(rf"[1-9]\d?(?:{TO}[1-9]\d?)?\srings"),
    shape(r"[1-9]", before="press"),
    shape(r"0[123](?:,\s0[123])?(?:\sor\s0[123])?", before="starts?"),
]
# Of more digits, and no number either, unless "on", "to" or "at" leads to it.
MEASURES = [
    shape(rf"{COUNT}(?:{TO}{COUNT})?[\s-]?(?:{UNITS})(?:-olds?)?"),
    shape(rf"{COUNT}(?:{TO}{COUNT})?(?:%|°[CF]?)"),
    shape(r"[1-9]\d{0,2}(?:st|nd|rd|th)"),
    shape(rf"{COUNT}{BY}{COUNT}(?:{BY}{COUNT})?\s?(?:{UNIT})"),
    # Heights, contrast, scores, halves.
    shape(r"[3-7](?:'(?:\d|1[01])\"|\s?ft\s(?:\d|1[01])\s?in)"),
    shape(r"(?:[2-9]|1[2-9]|2[01])(?:\.\d)?:1|50[/-]50|[2-9](?:\.\d)?/(?:5|10)"),
    shape(r"[1-9]\d?\s?°?\s?C", flags=0),
]
# What could be dialled, if somebody said "call": it counts where nobody does.
IN_SENTENCES = [
    shape(rf"{YEAR}(?:{LIST}{YEAR}){{0,5}}"),
    shape(rf"{YEAR}[/-]\d\d(?:/EU)?"),
    shape(r"(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])\.20\d\d"),
    shape(r"(?:0?[1-9]|[12]\d|3[01])/(?:0?[1-9]|1[0-2])/(?:19|20)?\d\d(?:,?\s(?:at\s)?" + CLOCK + ")?"),
    shape(rf"{YEAR}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?:[ T]{CLOCK})?"),
    shape(rf"{CLOCK}(?:{TO}{CLOCK})?"),
    shape(rf"{DOTTED}(?:{TO}{DOTTED})?"),
    shape(rf"{HOUR}{TO}{HOUR}", before=rf"(?:open|hours are|{DAY_NAME}|mon|tues?|wed|thu(?:rs?)?|fri|sat|sun)[,:]?"),
    shape(rf"[1-9]\d?\s(?:[a-z]{{2,12}}\s)?(?:in|out of|of)\s(?:every\s)?{COUNT}"),
    shape(rf"{SMALL}\sin\s{MONTH}"),
    shape(rf"[1-9]\d?{TO}[1-9]\d?(?=:\s{SMALL}%)"),
    shape(r"[01]\sto\s(?:5|10)"),
    shape(r"[1-9]\d?(?=\))", before=r"\("),
    shape(rf"{COUNT}\s\({SMALL}%\)"),
    # What was counted is named before it, or is done to it. 159 and 999 are no such counts.
    shape(r"(?:[1-9]\d?|[2-8]\d\d|[1-9]\d{0,2},\d{3})(?=\s(?:were|had been)\s[a-z]{2,20}ed\b)"),
    shape(rf"{LIKE_A_NUMBER}[1-9]\d{{0,2}},\d{{3}}", before=r"[a-z]{3,20}s:"),
    shape(rf"{LIKE_A_NUMBER}[1-9]\d{{0,2}}(?:,\d{{3}})?(?=\))", before=r"n\s?=\s?"),
    shape(rf"{SMALL}\sper\s(?:1,000|10,000|100,000|1m|million)"),
    shape(rf"{COUNT}(?=\s(?:in|over|within)\s(?:{COUNT}|an?|one)\s{UNIT})"),
    shape(r"[1-9]\d(?=,\s[a-z])", before=r"[A-Za-z][\w']{0,30},"),
    shape(r"[1-9]\d?(?:\.\d{1,2}){1,2}", before=LAW),
    shape(rf"{SECTION}(?:{LIST}{SECTION}){{0,4}}", before=LAW),
    # "(No. 2) Regulations"; a longer one is of a phone.
    shape(r"[1-9]\d?", before=r"no\."),
    shape(r"[1-9]\d?", before=KEY),
    shape(r"[1-9]\d{0,4}(?:[ -]\d{1,3})?(?:\.\d{1,3}){0,2}(?::\d{4})?", before=STANDARD, flags=0),
    shape(rf"[1-9]\d{{0,2}}(?:\.\d{{1,3}}){{0,3}}(?:{TO}[1-9]\d{{0,2}})?", before=rf"{LABEL}s?-?"),
    shape(rf"[1-9]\d?(?:\.\d{{1,2}}){{0,2}}(?:{TO}[1-9]\d?)?", before=NOUN),
    shape(r"[1-9]\d?[A-H]", before=rf"(?:{LABEL}|{NOUN})"),
    # Judgments and laws of the Union.
    shape(r"[1-9]\d{0,3}", before=r"(?:19|20)\d\d[\])]\s(?:UKSC|UKHL|UKPC|EWCA\s(?:Crim|Civ)|EWHC|UKUT|UKFTT)", flags=0),
    shape(r"(?:19|20)\d\d/\d{1,4}", before=r"\(EU\)"),
    shape(r"\d-\d", before="(?:won|lost|beat|drew|finished)"),
    shape(r"5-4-3-2-1|3-2-1"),
    shape("365", before="(?:office|microsoft)"),
    shape("404", before="error"),
    shape(r"(?:[1-9]\d{0,2},\s)?[1-9]\d{0,2}[A-Ha-h]?(?:-[1-9]\d{0,2})?\s(?:[A-Z][\w']{1,30}\s){1,3}"
          r"(?:Street|St|Road|Rd|Avenue|Lane|Close|Drive|Way|Square|Place|House|Court|Park|Gardens"
          r"|Terrace|Hill|Row|Walk|Parade|Gate|Boulevard)", flags=0),
    shape(r"[1-9]\d?-[a-z]{2,20}(?:-[a-z]{2,20})?"),
    shape(rf"[1-9]\d\d-(?:{ONE_UNIT}|strong|page|bit|word|seat|bed|place|point|acre|plus)(?:-[a-z]{{2,20}})?"),
    shape(r"[1-9]\d?0s"),
    shape(r"(?:1[6-9]|20)\d0s"),
    shape(r"(?:[1-9]\d?-)?[1-9]\d?s"),
    shape(r"[1-9]\d?\+"),
]  # fmt: skip
# Digits with letters: postcodes, paper, roads, sections.
WITH_LETTERS = [
    shape(r"[A-Z]{1,2}[1-9]\d?[A-Z]?(?:\s\d[A-Z]{2})?", flags=0),
    shape(r"Q[1-4](?:\s20\d\d)?", flags=0),
    shape(r"[ABM][1-9]\d{0,3}", flags=0),
    shape(r"(?:KS|MP|GCSE|CO|COVID|P|H)[1-9]\d?", flags=0),
    shape(r"(?:[CDNT]|FL|EX|MG|SP|PF|ET|ST)[1-9]\d{0,2}[A-Z]?", before="[Ff]orms?", flags=0),
    shape(r"2FA|2SV|3D|WPA[23]|IPv[46]|HTML5|CSS3|ITV1|BBC1|CR2032", flags=0),
    shape(rf"(?:ss?\.?|v){SECTION}(?:\.\d{{1,3}}){{0,2}}"),
]
# Where somebody is told to reach who comes next: of two digits, which nobody can dial.
FEW = shape(rf"{SMALL}(?:{TO}{SMALL})?", before=QUANTITY)
AGES = shape(rf"{SMALL}(?:,\s{SMALL})?(?:{TO}{SMALL})?", before=AGE)
QUANTITIES = shape(rf"{COUNT}(?:{TO}{COUNT})?", before=QUANTITY)
# A list after a label that counts on by one: no number does.
LABELLED = shape(r"[1-9]\d?", before=rf"(?:{LABEL}|{NOUN}|ages?|aged|{AGE})s?")
NEXT_OF_LIST = re.compile(rf"{LIST}(?P<next>[1-9]\d?)(?!\w)")
BEHIND = [
    behind
    for _, behind in (*CLEAR, *IN_SENTENCES, *WITH_LETTERS, FEW, AGES, QUANTITIES, LABELLED)
    if behind
]
COUNTED = re.compile(
    rf"(?P<count>{COUNT})(?P<more>{TO}{COUNT})?\+?((?:\s|-|\s\")[a-z][\w'&+-]{{0,30}}){{1,4}}",
    re.IGNORECASE,
)
# "the 159 Stop Scams line": what looked like a count is its name.
LINE = re.compile(r"\s(?:help|hot|phone)?line\b", re.IGNORECASE)
# What begins a paragraph, as in "2. Keep a diary".
NUMBERED = shape(r"[1-9]\d?(?:\.[1-9])?[.)\]]?(?=\s[A-Za-z])")
# "300 call handlers": nobody is told to call.
CALLED = re.compile(r"call\s(?:handlers?|takers?|centres?)\b", re.IGNORECASE)
MONEY = ("£", "$", "€")
AMOUNT = re.compile(
    rf"{COUNT}(?:{TO}[£$€]?{COUNT})?\s?(?:k|m|bn|million|billion)?\b", re.IGNORECASE
)
# The last words before a number, each with what follows it.
LAST_WORDS = 3
WORD_START = re.compile(r"(?<![\w'])[\w'(]")


@lru_cache(maxsize=4096)
def shapes_after(behind):
    """Return the patterns of the words before a number that a text ends with."""
    starts = [match.start() for match in WORD_START.finditer(behind)][-LAST_WORDS:]
    said = [behind[at:] for at in starts]
    return frozenset(one for one in BEHIND if any(map(one.fullmatch, said)))


def fits(shape, words, start, after):
    """Return the end of a shape at a place, if `after` has the words that it comes after."""
    pattern, behind = shape
    if behind and behind not in after:
        return None
    match = pattern.match(words, start)
    return match and match.end()


def counted_on(words, start, after):
    """Return the end of a list of figures after a label, each one more than that before, or None."""
    first = end = fits(LABELLED, words, start, after)
    last = int(words[start:end]) if end else 0
    while end and (match := NEXT_OF_LIST.match(words, end)) and int(match["next"]) == last + 1:
        last, end = last + 1, match.end()
    return None if end == first else end


def counted(words, start):
    """Return the end of a count with what is counted, such as "27 new cases", or None."""
    match = COUNTED.match(words, start)
    if not match:
        return None
    one = match["count"] == "1" and not match["more"]
    rest = words[match.end("more") if match["more"] else match.end("count") : match.end()]
    for word in re.finditer(r"[a-z][\w'&+-]*", rest, re.IGNORECASE):
        said = word[0].lower().replace("'s", "s").replace("s'", "s")
        if said in NOT_COUNTED and not CALLED.match(rest, word.start()):
            return None
        if said in PLURAL or said.endswith(("s", "people", "men")) or one:
            if LINE.match(words, match.end() - len(rest) + word.end()):
                return None
            return match.end() - len(rest) + word.end()
    return None
