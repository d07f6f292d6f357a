"""Opening hours as people say them: "Mon-Fri 9:30am-4pm; Wed 1-4pm; Fri 6pm-2am".

What is read is shown back in words before anybody stores it, so this refuses what could
mean two things, and guesses nothing.
"""

import re
from dataclasses import dataclass, field
from datetime import date, time

from django.core.exceptions import ValidationError

from .timetable import ALL_DAY, BANK_HOLIDAY, NTH, Rule, Span, Timetable
from .usual_week import runs_into_the_next
from .words import DAYS

EXAMPLE = "Write it as in “Mon-Fri 9:30am-4pm; Sat 10am-1pm; closed on bank holidays”."

NAMES = {name[:length].lower(): day for day, name in enumerate(DAYS) for length in (2, 3, 4, 9)}
NAMES |= {"thur": 3, "thurs": 3, "tues": 1, "weds": 2}
GROUPS = {"weekdays": range(5), "weekday": range(5), "weekends": (5, 6), "weekend": (5, 6)}
EVERY_DAY = r"every ?day|daily|(?:7|seven) days(?: a week)?|all week"
DAY_NAME = "|".join(sorted(NAMES, key=len, reverse=True))

# In this order: what is first in the list is tried first.
TOKENS = {
    "christmas": r"(?:except|but not|not|closed)(?: on)? christmas(?: day)?|364 days(?: a year)?",
    "holidays_closed": r"(?:closed|not|except|excluding|but not)(?: on)?(?: uk)? (?:bank|public) holidays?"
    r"|(?:bank|public) holidays?:? closed",
    "holidays_same": r"(?:including|and|the same on|same on|open)(?: on)? (?:bank|public) holidays"
    r"|365 days(?: a year)?",
    "holidays": r"(?:on )?(?:bank|public) holidays",
    "next": r"\(?(?:the )?(?:next|following) (?:day|morning)\)?",
    "all_day": r"24 ?/ ?7|24 ?(?:hours|hrs)(?: a day)?|all day|day and night",
    "closed": r"closed(?: on)?",
    "nth": rf"(?:the )?({'|'.join(NTH)}|last|1st|2nd|3rd|4th) (?=(?:{DAY_NAME})[a-z]*\b)",
    "month": r"(?:of|in|each|every)(?: the| each| every)? month|monthly",
    "every": EVERY_DAY,
    "time": r"(?:2[0-4]|[01]?[0-9])(?:[:.][0-5][0-9])? ?(?:[ap]\.?m\b\.?|noon\b)?"
    r"|mid-?day|(?:12 )?noon|(?:12 )?midnight",
    "group": r"week(?:day|end)s?\b",
    "day": rf"(?:{DAY_NAME})s?\b\.?",
    "range": r"-|–|—|to\b|until\b|till\b|through\b",
    "and": r"[(),]|&|\+|and\b|:",
    "word": r"open(?:ing)?\b|hours\b|from\b|between\b|on\b|at\b|the\b|a week\b|hrs\b",
    "space": r"\s+",
}
TOKEN = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in TOKENS.items()))
# A stop ends a part, but for those of "9 a.m." and "Mon.".
PARTS = re.compile(r"[;\n]|\.(?=\s|$)(?<![ap]\.m\.)(?<!\b(?:mon|tue|wed|thu|fri|sat|sun)\.)")
# What is typed holds in every year.
ANY_DAY = date(2026, 1, 1)
NTH_WORDS = dict(zip(("1st", "2nd", "3rd", "4th"), NTH, strict=True))


@dataclass
class Typed:
    """What was understood. `on_bank_holidays` is None where nothing was said of them."""

    weekly: dict[int, tuple[Span, ...]] = field(default_factory=dict)
    rules: list[Rule] = field(default_factory=list)
    on_bank_holidays: str | None = None
    bank_holiday_spans: tuple[Span, ...] = ()


def read(text: str) -> Typed:
    """Return the hours that a text says. Raises ValidationError with a sentence that names them.

    Where a part says hours for a day again, they replace those they overlap, and otherwise
    come beside them.
    """
    found = Typed()
    for part in PARTS.split(text.lower().replace("\N{NO-BREAK SPACE}", " ")):
        for days, spans in statements(part.strip(" .,"), found):
            for day in days:
                put(found, day, spans)
    if not found.weekly and not found.rules and not found.bank_holiday_spans:
        raise ValidationError(f"Hours: say at least one day and its hours. {EXAMPLE}")
    found.weekly = {day: spans for day, spans in sorted(found.weekly.items()) if spans}
    if not found.weekly and not found.rules:
        raise ValidationError("Hours: it is closed every day. Say when it is open.")
    timetable = Timetable(found.weekly, "same", rules=tuple(found.rules))
    if sentence := runs_into_the_next(timetable, ANY_DAY):
        raise ValidationError(sentence)
    return found


def put(found, day, spans):
    if day == BANK_HOLIDAY:
        found.bank_holiday_spans, found.on_bank_holidays = spans, "other"
        return
    if isinstance(day, tuple):
        nth, weekday = day
        found.rules.append(Rule(weekday, spans, nth))
        return
    before = found.weekly.get(day, ())
    if not spans or any(overlap(a, b) for a in before for b in spans):
        before = ()
    if any(meet(a, b) for a in before for b in spans):
        raise ValidationError(f"Hours: two sessions on {DAYS[day]} meet. Write them as one.")
    joined = tuple(sorted({*before, *spans}))
    if len(joined) > 3:
        raise ValidationError(f"Hours: {DAYS[day]} has more than three sessions.")
    found.weekly[day] = joined


def minutes(span):
    """Return when a span starts and ends, in minutes since the midnight before it."""
    starts = span.opens.hour * 60 + span.opens.minute
    ends = span.closes.hour * 60 + span.closes.minute
    return starts, ends + (24 * 60 if ends <= starts else 0)


def overlap(one, other):
    (a, b), (c, d) = minutes(one), minutes(other)
    return a < d and c < b


def meet(one, other):
    (a, b), (c, d) = minutes(one), minutes(other)
    return a == d or c == b


def tokens(part):
    """Yield (name, text) of each token of a part. Raises ValidationError for what is none."""
    at = 0
    while at < len(part):
        match = TOKEN.match(part, at)
        if not match:
            wrong = part[at:].split()[0][:30]
            raise ValidationError(f"Hours: “{wrong}” was not understood. {EXAMPLE}")
        at = match.end()
        if match.lastgroup not in ("space", "word"):
            yield match.lastgroup, match[0].strip()


def statements(part, found):
    """Yield (days, spans) of a part; what it says of bank holidays goes into `found`."""
    days, spans, said = Days(), Spans(), []
    for name, text in tokens(part):
        if name in ("holidays_closed", "holidays_same", "christmas"):
            rule = {"holidays_closed": "closed", "holidays_same": "same"}.get(name, name)
            found.on_bank_holidays = rule
            continue
        kind = KINDS.get(name)
        # Days after days and hours, or hours after hours and days: the next statement.
        if kind and said and kind != said[-1] and kind in said:
            yield finished(part, days, spans)
            days, spans, said = Days(), Spans(), []
        if kind and kind not in said:
            said.append(kind)
        target = {"days": days, "hours": spans}.get(kind or (said[-1] if said else ""))
        if target is not None:
            target.add(name, text)
    if said:
        yield finished(part, days, spans)


KINDS = dict.fromkeys(("day", "group", "every", "nth", "holidays"), "days")
KINDS |= dict.fromkeys(("time", "all_day", "closed"), "hours")


def finished(part, days, spans):
    found = days.finish(), spans.finish()
    if spans.is_empty:
        raise ValidationError(f"Hours: “{part[:40]}” names no time. {EXAMPLE}")
    # Hours alone, such as 24/7, are every day's.
    return found[0] or list(range(7)), found[1]


class Days:
    def __init__(self):
        self.found, self.to, self.nth = [], False, None

    def add(self, name, text):
        if name == "range":
            self.to = bool(self.found)
        elif name == "nth":
            word = text.removeprefix("the ").strip()
            self.nth = NTH_WORDS.get(word, word)
        elif name == "holidays":
            self.found.append(BANK_HOLIDAY)
        elif name == "every":
            self.found += range(7)
        elif name == "group":
            self.found += GROUPS[text]
        elif name == "day":
            self.add_day(NAMES.get(text.strip("."), NAMES.get(text.strip(".").removesuffix("s"))))

    def add_day(self, day):
        if self.nth:
            self.found.append((self.nth, day))
            self.nth = None
        elif self.to:
            first = self.found[-1]
            self.found += [(first + n) % 7 for n in range(1, (day - first) % 7 + 1)]
            self.to = False
        else:
            self.found.append(day)

    def finish(self):
        return list(dict.fromkeys(self.found))


class Spans:
    def __init__(self):
        self.found, self.start, self.to, self.is_empty = [], None, False, True

    def add(self, name, text):
        if name == "all_day":
            self.found += ALL_DAY
        elif name == "range":
            self.to = self.start is not None
        elif name == "time":
            if self.to:
                self.found.append(span_of(self.start, text))
                self.start, self.to = None, False
            elif self.start is not None:
                raise ValidationError(f"Hours: “{self.start}” has no end. {EXAMPLE}")
            else:
                self.start = text
        elif name == "next" and self.found and self.found[-1].closes > self.found[-1].opens:
            raise ValidationError(
                "Hours: a close on the next day has to be earlier on the clock than the opening."
            )
        self.is_empty = False

    def finish(self):
        if self.start is not None:
            raise ValidationError(f"Hours: “{self.start}” has no end. {EXAMPLE}")
        spans = sorted(self.found)
        for one, other in zip(spans, spans[1:], strict=False):
            if overlap(one, other) or meet(one, other):
                raise ValidationError("Hours: two sessions of a day overlap or touch.")
        return tuple(spans)


NAMED = {"midday": (12, 0), "mid-day": (12, 0), "noon": (12, 0), "midnight": (24, 0)}


def clock_of(text):
    """Return (hour, minute, "am", "pm" or "") of a time as typed; 24 is the end of the day."""
    bare = text.removeprefix("12 ").strip()
    if bare in NAMED:
        return (*NAMED[bare], "named")
    numbers, half = re.fullmatch(r"([0-9.:]+?) ?([ap]\.?m\.?|noon)?", text).groups()
    hour, _, minute = numbers.replace(".", ":").partition(":")
    half = (half or "").replace(".", "").replace("noon", "pm")
    if half and not 1 <= int(hour) <= 12:
        raise ValidationError(f"Hours: “{text}” is no time of day.")
    return int(hour), int(minute or 0), half


def span_of(first, last):
    """Return the span of two times as typed. Raises ValidationError if it could mean two."""
    opens, closes = clock_of(first), clock_of(last)
    unsure = ValidationError(
        f"Hours: “{first} to {last}” can mean two things. Say am or pm, or write 09:00 to 17:00."
    )
    if closes[2] in ("am", "pm") and not opens[2] and 1 <= opens[0] <= 12:
        # 1-4pm is in the afternoon, 9-5pm from the morning, 6-2am from the evening.
        same, other = (minutes_of((*opens[:2], half)) for half in (closes[2], OTHER[closes[2]]))
        start = same if same < minutes_of(closes) else other
    else:
        if bool(opens[2] in ("am", "pm")) != bool(closes[2] in ("am", "pm")) and "named" not in (
            opens[2],
            closes[2],
        ):
            raise unsure
        start = minutes_of(opens)
    end = minutes_of(closes)
    bare = not opens[2] and not closes[2]
    clear = all(re.fullmatch(r"[0-9]{1,2}[:.][0-9]{2}", text) for text in (first, last))
    if bare and (not clear or end <= start < 12 * 60 and end):
        raise unsure
    if opens[2] == "named" and start == 24 * 60:
        start = 0
    if start >= 24 * 60:
        raise ValidationError(f"Hours: nothing opens at “{first}”. Write 00:00.")
    if end % (24 * 60) == start and start:
        raise ValidationError(f"Hours: “{first} to {last}” has no length. For 24 hours, say so.")
    return Span(time(*divmod(start, 60)), time(*divmod(end % (24 * 60), 60)))


OTHER = {"am": "pm", "pm": "am"}


def minutes_of(clock):
    hour, minute, half = clock
    if half in ("am", "pm"):
        hour = hour % 12 + (12 if half == "pm" else 0)
    if hour == 24 and minute:
        raise ValidationError("Hours: a day ends at 24:00.")
    return hour * 60 + minute
