"""Opening hours in words, in the style of GOV.UK: "Monday to Friday, 9am to midday"."""

from datetime import date, time, timedelta

from .timetable import monday_of
from .uk_time import MIDNIGHT, time_in_words

WHOSE = {"scotland": " in Scotland", "northern-ireland": " in Northern Ireland"}
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]

BANK_HOLIDAYS = {
    "closed": "Closed on bank holidays.",
    "same": "The same on bank holidays.",
    "christmas": "The same on bank holidays, but closed on Christmas Day.",
    "unknown": "Bank holidays: check their website.",
}

ALWAYS = "Day and night, every day."
# Between them it is daytime.
MORNING, EVENING = time(6), time(18)


def and_list(words: list[str]) -> str:
    """Join words: "a", "a and b", "a, b and c"."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def spans_in_words(spans) -> str:
    """Return a day's spans: "9am to midday and 2pm to 4:30pm", "24 hours" or "closed"."""
    if list(spans) == [(MIDNIGHT, MIDNIGHT)]:
        return "24 hours"
    return and_list([span_in_words(span) for span in spans]) or "closed"


def span_in_words(span) -> str:
    opens, closes = span
    next_day = " the next day" if closes <= opens and closes != MIDNIGHT else ""
    return f"{time_in_words(opens)} to {time_in_words(closes)}{next_day}"


def days_in_words(days: list[int]) -> str:
    """Return weekdays by name, three or more in a row as "Monday to Friday"."""
    runs: list[list[int]] = []
    for day in days:
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    words = []
    for run in runs:
        if len(run) > 2:
            words.append(f"{DAYS[run[0]]} to {DAYS[run[-1]]}")
        else:
            words += [DAYS[day] for day in run]
    return and_list(words)


def hours_in_words(timetable, today) -> list[str]:
    """Return everything that a timetable says from a date on, as lines for readers."""
    timetable = timetable.from_day(today)
    lines = week_in_words(timetable.weekly) if timetable.weekly or not timetable.rules else []
    tables = {rule.dates for rule in timetable.rules}
    for dates in sorted(tables, key=lambda dates: dates[0] or date.min):
        lines += table_in_words(dates, [r for r in timetable.rules if r.dates == dates])
    if not timetable.weekly and (None, None) not in tables and tables:
        lines.append("At other times: check their website.")
    return [*lines, bank_holidays_in_words(timetable), *dated_in_words(timetable, today)]


def table_in_words(dates, rules) -> list[str]:
    """Return the lines of the rules of one table, its dates first."""
    first, last = dates
    when = {
        (False, False): "",
        (True, False): f"From {first and on_date(first)}: ",
        (False, True): f"Until {last and on_date(last)}: ",
        (True, True): f"From {first and on_date(first)} to {last and on_date(last)}: ",
    }[first is not None, last is not None]
    weekly = {rule.day: rule.spans for rule in rules if rule.weeks == "every"}
    lines = week_in_words(weekly) if weekly else []
    lines += [rule_in_words(rule) for rule in rules if rule.weeks != "every"]
    return [f"{when}{line}" for line in lines]


def rule_in_words(rule) -> str:
    """Return a rule for some weeks: First Monday of the month, 9am to midday."""
    day, hours = DAYS[rule.day], spans_in_words(rule.spans)
    if rule.weeks == "other":
        start = monday_of(rule.first) + timedelta(days=rule.day)
        start += timedelta(days=14) if start < rule.first else timedelta()
        return f"Every other {day} from {on_date(start)}, {hours}."
    return f"{rule.weeks.capitalize()} {day} of the month, {hours}."


def bank_holidays_in_words(timetable) -> str:
    """Return what holds on bank holidays, and of which part of the UK if it is not here."""
    whose = WHOSE.get(timetable.division, "")
    if timetable.on_bank_holidays == "other":
        return f"On bank holidays{whose}: {spans_in_words(timetable.bank_holiday_spans)}."
    said = BANK_HOLIDAYS[timetable.on_bank_holidays]
    return said.replace("ank holidays", f"ank holidays{whose}", 1)


def dated_in_words(timetable, today) -> list[str]:
    """Return the exceptions and closures that are not over, as lines."""
    lines = [
        f"{on_date(day)}: {spans_in_words(what.spans)}, {what.reason}."
        for day, what in timetable.exceptions.items()
        if day >= today
    ]
    lines += [
        f"Closed from {on_date(closure.first)} to {on_date(closure.last)}: {closure.reason}."
        for closure in timetable.closures
        if closure.last >= today
    ]
    return lines


def on_date(day) -> str:
    """Return a date as Thursday 24 December 2026."""
    return f"{day:%A} {day.day} {day:%B %Y}"


def week_in_words(weekly) -> list[str]:
    """Return a weekly table as lines, the same hours together, closed days last."""
    if all(weekly.get(day) == ((MIDNIGHT, MIDNIGHT),) for day in range(7)):
        return [ALWAYS]
    together: dict[tuple, list[int]] = {}
    for day in range(7):
        together.setdefault(tuple(weekly.get(day, ())), []).append(day)
    lines = [
        f"{days_in_words(days)}, {spans_in_words(spans)}."
        for spans, days in together.items()
        if spans
    ]
    if closed := together.get(()):
        lines.append(f"Closed on {days_in_words(closed)}.")
    return lines


def in_few_words(timetable) -> str:
    """Return a timetable in a word or two: "Weekday daytimes.". The times stand elsewhere."""
    weekly = timetable.weekly
    if all(weekly.get(day) == ((MIDNIGHT, MIDNIGHT),) for day in range(7)):
        return "Day and night."
    spans = [span for day in range(7) for span in weekly.get(day, ())]
    by_day = all(MORNING <= opens < closes <= EVENING for opens, closes in spans)
    if timetable.rules or weekly.get(5) or weekly.get(6):
        return "Daytimes on some days." if by_day and not timetable.rules else "Some days."
    return "Weekday daytimes." if by_day else "Weekdays."
