from django.db import models
from django.db.models import F, Q

from ..opening_hours import MIDNIGHT, Span
from .routes import Route


def spans_in_order(name):
    """Return the constraints of a day's two spans, for a model whose name starts them.

    A day has at most two spans, in one row, so that two can never overlap or touch: the
    database compares four times. A closing time of midnight is the end of the same day.
    """
    first = Q(closes__gt=F("opens")) | (Q(closes=MIDNIGHT) & Q(opens_again__isnull=True))
    return [
        models.CheckConstraint(
            condition=Q(opens__isnull=True, closes__isnull=True)
            | Q(opens__isnull=False, closes__isnull=False) & first,
            name=f"{name}_not_over_midnight",
            violation_error_message=(
                "Closes: it must be later than Opens, on the same day. For hours that go past "
                "midnight, close at 00:00 and open at 00:00 on the next day."
            ),
        ),
        models.CheckConstraint(
            condition=Q(opens_again__isnull=True, closes_again__isnull=True)
            | Q(closes__isnull=False, opens_again__isnull=False, closes_again__isnull=False)
            & Q(opens_again__gt=F("closes"))
            & (Q(closes_again__gt=F("opens_again")) | Q(closes_again=MIDNIGHT)),
            name=f"{name}_do_not_overlap",
            violation_error_message=(
                "Opens again: it must be later than Closes, and Closes again later still. "
                "If the two meet, write them as one."
            ),
        ),
    ]


class Spans(models.Model):
    opens = models.TimeField("opens", null=True, blank=True)
    closes = models.TimeField("closes", null=True, blank=True)
    opens_again = models.TimeField("opens again", null=True, blank=True)
    closes_again = models.TimeField("closes again", null=True, blank=True)

    class Meta:
        abstract = True

    def spans(self):
        """Return the day's (opens, closes) pairs as Spans of local times; none means closed."""
        pairs = [(self.opens, self.closes), (self.opens_again, self.closes_again)]
        return tuple(Span(opens, closes) for opens, closes in pairs if opens is not None)


class WeeklyHours(Spans):
    class Day(models.IntegerChoices):
        MONDAY = 0, "Monday"
        TUESDAY = 1, "Tuesday"
        WEDNESDAY = 2, "Wednesday"
        THURSDAY = 3, "Thursday"
        FRIDAY = 4, "Friday"
        SATURDAY = 5, "Saturday"
        SUNDAY = 6, "Sunday"

    route = models.ForeignKey(Route, models.CASCADE, related_name="weekly_hours")
    day = models.PositiveSmallIntegerField("day", choices=Day)

    class Meta:
        ordering = ["day"]
        verbose_name = verbose_name_plural = "weekly hours"
        constraints = [
            *spans_in_order("weekly_hours"),
            models.UniqueConstraint(
                fields=["route", "day"],
                name="weekly_hours_once_a_day",
                violation_error_message="Day: this day is in the table already. Hours may not overlap.",
            ),
            models.CheckConstraint(
                condition=Q(day__lte=6) & Q(opens__isnull=False),
                name="weekly_hours_name_a_time",
                violation_error_message="Opens: fill it in. Leave a closed day out of the table.",
            ),
        ]

    def __str__(self):
        return self.get_day_display()


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
