"""Opening hours in words, in the style of GOV.UK: "Monday to Friday, 9am to midday"."""

from .uk_time import MIDNIGHT, time_in_words

DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]

BANK_HOLIDAYS = {
    "closed": "Closed on bank holidays.",
    "same": "The same on bank holidays.",
    "unknown": "Bank holidays: not known. Check with the service.",
}


def and_list(words: list[str]) -> str:
    """Join words: "a", "a and b", "a, b and c"."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def spans_in_words(spans) -> str:
    """Return a day's spans: "9am to midday and 2pm to 4:30pm", "24 hours" or "closed"."""
    if list(spans) == [(MIDNIGHT, MIDNIGHT)]:
        return "24 hours"
    return and_list([f"{time_in_words(o)} to {time_in_words(c)}" for o, c in spans]) or "closed"


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


def dated_in_words(timetable, today) -> list[str]:
    """Return the exceptions and closures that are not over, as lines."""
    lines = [
        f"{on_date(date)}: {spans_in_words(day.spans)}, {day.reason}."
        for date, day in timetable.exceptions.items()
        if date >= today
    ]
    lines += [
        f"Closed from {on_date(closure.first)} to {on_date(closure.last)}: {closure.reason}."
        for closure in timetable.closures
        if closure.last >= today
    ]
    return lines


def on_date(date) -> str:
    """Return a date as Thursday 24 December 2026."""
    return f"{date:%A} {date.day} {date:%B %Y}"


def week_in_words(weekly) -> list[str]:
    """Return a weekly table as lines, the same hours together, closed days last."""
    if all(weekly.get(day) == ((MIDNIGHT, MIDNIGHT),) for day in range(7)):
        return ["24 hours, every day."]
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
