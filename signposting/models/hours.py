from django.db import models
from django.db.models import F, Q

from ..opening_hours import BANK_HOLIDAY, MIDNIGHT, Rule, Span
from .routes import Route

TWICE = "Day: this day is in the table already. Hours may not overlap."


def session(opens, closes, before=None, after=None):
    """Return the condition that a session of a day is empty, or in order.

    It begins after the one `before` it, and goes over midnight only if none is `after` it.
    """
    over_midnight = Q(**{f"{closes}__lt": F(opens)}) | Q(**{opens: MIDNIGHT, closes: MIDNIGHT})
    if after:
        over_midnight &= Q(**{f"{after}__isnull": True})
    there = Q(**{f"{opens}__isnull": False, f"{closes}__isnull": False})
    there &= Q(**{f"{closes}__gt": F(opens)}) | over_midnight
    if before:
        there &= Q(**{f"{before}__isnull": False, f"{opens}__gt": F(before)})
    return Q(**{f"{opens}__isnull": True, f"{closes}__isnull": True}) | there


def spans_in_order(name):
    """Return the constraints of a day's three sessions, for a model whose name starts them.

    A day has at most three, in one row, so that two can never overlap or touch: the database
    compares six times. A closing time that is not later than the opening is on the next day.
    """
    return [
        models.CheckConstraint(
            condition=session("opens", "closes", after="opens_again"),
            name=f"{name}_first_session",
            violation_error_message=(
                "Closes: fill in both times. If it closes on the next day, nothing can open "
                "again on this one. For 24 hours, write 00:00 twice."
            ),
        ),
        models.CheckConstraint(
            condition=session("opens_again", "closes_again", "closes", "opens_third"),
            name=f"{name}_second_session",
            violation_error_message=(
                "Opens again: it must be later than Closes. Fill in Closes again too. "
                "If the two meet, write them as one."
            ),
        ),
        models.CheckConstraint(
            condition=session("opens_third", "closes_third", "closes_again"),
            name=f"{name}_third_session",
            violation_error_message=(
                "Opens a third time: it must be later than Closes again. Fill in Closes a third "
                "time too. If the two meet, write them as one."
            ),
        ),
    ]


class Spans(models.Model):
    opens = models.TimeField("opens", null=True, blank=True)
    closes = models.TimeField("closes", null=True, blank=True)
    opens_again = models.TimeField("opens again", null=True, blank=True)
    closes_again = models.TimeField("closes again", null=True, blank=True)
    opens_third = models.TimeField("opens a third time", null=True, blank=True)
    closes_third = models.TimeField("closes a third time", null=True, blank=True)

    class Meta:
        abstract = True

    def spans(self):
        """Return the day's (opens, closes) pairs as Spans of local times; none means closed."""
        pairs = [
            (self.opens, self.closes),
            (self.opens_again, self.closes_again),
            (self.opens_third, self.closes_third),
        ]
        return tuple(Span(opens, closes) for opens, closes in pairs if opens is not None)


class WeeklyHours(Spans):
    """The hours of a weekday: every week, in some weeks of the month, or between two dates.

    Rows with the same dates are one table, which takes the place of the usual one.
    """

    class Day(models.IntegerChoices):
        MONDAY = 0, "Monday"
        TUESDAY = 1, "Tuesday"
        WEDNESDAY = 2, "Wednesday"
        THURSDAY = 3, "Thursday"
        FRIDAY = 4, "Friday"
        SATURDAY = 5, "Saturday"
        SUNDAY = 6, "Sunday"
        BANK_HOLIDAYS = BANK_HOLIDAY, "Bank holidays"

    class Weeks(models.TextChoices):
        EVERY = "every", "Every week"
        FIRST = "first", "The first of the month"
        SECOND = "second", "The second of the month"
        THIRD = "third", "The third of the month"
        FOURTH = "fourth", "The fourth of the month"
        LAST = "last", "The last of the month"
        OTHER = "other", "Every other week, from the first day on"

    route = models.ForeignKey(Route, models.CASCADE, related_name="weekly_hours")
    day = models.PositiveSmallIntegerField("day", choices=Day)
    weeks = models.CharField("weeks", max_length=10, choices=Weeks, default=Weeks.EVERY)
    first_day = models.DateField(
        "first day", null=True, blank=True, help_text="Empty: these are the usual hours."
    )
    last_day = models.DateField("last day", null=True, blank=True)

    class Meta:
        ordering = ["first_day", "day", "weeks"]
        verbose_name = verbose_name_plural = "weekly hours"
        constraints = [
            *spans_in_order("weekly_hours"),
            models.UniqueConstraint(
                fields=["route", "day", "weeks"],
                condition=Q(first_day__isnull=True),
                name="weekly_hours_once_a_day",
                violation_error_message=TWICE,
            ),
            models.UniqueConstraint(
                fields=["route", "day", "weeks", "first_day"],
                condition=Q(first_day__isnull=False),
                name="weekly_hours_once_a_day_from_a_date",
                violation_error_message=TWICE,
            ),
            models.CheckConstraint(
                condition=Q(day__lte=BANK_HOLIDAY) & Q(opens__isnull=False),
                name="weekly_hours_name_a_time",
                violation_error_message="Opens: fill it in. Leave a closed day out of the table.",
            ),
            models.CheckConstraint(
                condition=~Q(day=BANK_HOLIDAY)
                | Q(weeks="every", first_day__isnull=True, last_day__isnull=True),
                name="weekly_hours_of_every_bank_holiday",
                violation_error_message="Bank holidays: their hours hold in every week, always.",
            ),
            models.CheckConstraint(
                condition=~Q(weeks="other") | Q(first_day__isnull=False),
                name="weekly_hours_every_other_week_from",
                violation_error_message=(
                    "First day: fill it in. Every other week is counted from there."
                ),
            ),
            models.CheckConstraint(
                condition=Q(last_day__isnull=True)
                | Q(first_day__isnull=False, last_day__gte=F("first_day")),
                name="weekly_hours_days_in_order",
                violation_error_message="Last day: it needs a first day that is not after it.",
            ),
        ]

    def __str__(self):
        return self.get_day_display()

    @classmethod
    def of(cls, route, day, weeks, spans):
        """Return the row of a day's spans, of which there are three at most."""
        names = ("opens", "closes", "opens_again", "closes_again", "opens_third", "closes_third")
        times = [time for span in spans for time in span]
        fields = dict(zip(names, times, strict=False))
        return cls(route=route, day=day, weeks=weeks, **fields)

    @property
    def is_usual(self):
        """Whether it holds in every week, with no dates."""
        return self.weeks == self.Weeks.EVERY and not (self.first_day or self.last_day)

    def rule(self):
        """Return it as a Rule of a Timetable."""
        return Rule(self.day, self.spans(), self.weeks, self.first_day, self.last_day)


class ExceptionalDay(Spans):
    route = models.ForeignKey(Route, models.CASCADE, related_name="exceptional_days")
    date = models.DateField("date")
    reason = models.CharField("reason", max_length=100, help_text="Readers see it: Christmas Eve.")

    class Meta:
        ordering = ["date"]
        constraints = [
            *spans_in_order("exceptional_day"),
            models.UniqueConstraint(
                fields=["route", "date"],
                name="exceptional_day_once_a_date",
                violation_error_message="Date: this date is in the list already.",
            ),
        ]

    def __str__(self):
        return f"{self.date:%-d %B %Y}: {self.reason}"


class Closure(models.Model):
    route = models.ForeignKey(Route, models.CASCADE, related_name="closures")
    first_day = models.DateField("first day closed")
    last_day = models.DateField("last day closed")
    reason = models.CharField("reason", max_length=100, help_text="Readers see it.")

    class Meta:
        ordering = ["first_day"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")),
                name="closure_days_in_order",
                violation_error_message="Last day closed: it is before the first day closed.",
            ),
        ]

    def __str__(self):
        return self.reason
