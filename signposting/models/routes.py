from dataclasses import replace
from functools import reduce
from operator import or_

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Length, Replace
from django.db.models.lookups import Exact, Range

from publishing.rates import NEVER
from safety import emergency

from ..choices import (
    HOURS_CONFIDENCE,
    HOURS_CONFIRMED,
    BankHolidays,
    Confidence,
    Cost,
    HolidaysOf,
    HoursKind,
    Kind,
    Trace,
)
from ..opening_hours import ALL_DAY, BANK_HOLIDAY, Closed, Day, Timetable
from .services import Service

# What can be used without a number or an address: the words say how.
BY_WORDS = (Kind.WEB, Kind.VIDEO, Kind.IN_PERSON)
REACHED_BY = {Kind.WEB: "web address", Kind.VIDEO: "web address", Kind.EMAIL: "email address"}
REACHED_BY[Kind.IN_PERSON] = ""

ALWAYS_OPEN = Timetable(dict.fromkeys(range(7), ALL_DAY), BankHolidays.SAME)

# What the database itself holds numbers to. Both are of functions that SQLite and PostgreSQL
# bring along, so that their own tools can check and dump the tables: no regular expression.
IS_DIALLED = Q(
    Exact(Func(F("dial"), Value("0123456789"), function="LTRIM"), ""),
    Range(Length("dial"), (3, 15)),
)
IS_PREMIUM = reduce(or_, (Q(dial__startswith=start) for start in NEVER))


class Route(models.Model):
    """One way to reach a service: a number, a web page, an email address, a place.

    A number or address is set by the launch content or by a release that two people agreed,
    never typed into this record. An emergency route names a constant of
    safety.emergency and has its number, cost, hours and trace from there.
    """

    service = models.ForeignKey(Service, models.CASCADE, related_name="routes")
    key = models.SlugField(
        "short name", max_length=30, help_text="In lower case, such as phone. Stays for ever."
    )
    kind = models.CharField("kind", max_length=10, choices=Kind)
    label = models.CharField(
        "label", max_length=60, blank=True, help_text="Such as Chat, when there are several ways."
    )
    position = models.PositiveSmallIntegerField("order", default=10)
    dial = models.CharField("what the phone dials", max_length=20, blank=True, editable=False)
    display = models.CharField("number as shown", max_length=30, blank=True, editable=False)
    emergency = models.SlugField("emergency route", blank=True, editable=False)
    address = models.CharField("web or email address", max_length=200, blank=True, editable=False)
    words = models.TextField("how to use it", blank=True)
    held_because = models.TextField(
        "why readers do not see it", blank=True, help_text="Empty: readers see this route."
    )

    cost = models.CharField("cost", max_length=20, choices=Cost, default=Cost.UNSTATED)
    trace = models.CharField(
        "what it leaves behind", max_length=10, choices=Trace, default=Trace.UNSTATED
    )
    trace_note = models.CharField("more on what it leaves behind", max_length=200, blank=True)
    hours = models.CharField("hours", max_length=10, choices=HoursKind, default=HoursKind.UNKNOWN)
    hours_note = models.CharField("more on the hours", max_length=200, blank=True)
    hours_confidence = models.CharField(
        "how sure we are of the hours",
        max_length=20,
        choices=HOURS_CONFIDENCE,
        default=Confidence.ONE,
    )
    hours_check = models.ForeignKey(
        "Check", models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    bank_holidays = models.CharField(
        "on bank holidays", max_length=10, choices=BankHolidays, default=BankHolidays.UNKNOWN
    )
    holidays_of = models.CharField(
        "whose bank holidays",
        max_length=20,
        choices=HolidaysOf,
        default=HolidaysOf.ENGLAND_AND_WALES,
    )

    class Meta:
        ordering = ["position", "key"]
        constraints = [
            models.UniqueConstraint(
                fields=["service", "key"],
                name="route_key_once_a_service",
                violation_error_message="Short name: this service has a route of that name.",
            ),
            models.CheckConstraint(
                condition=Q(dial="") | IS_DIALLED,
                name="route_dial_is_digits",
                violation_error_message="Number: use the digits 0 to 9 and spaces, nothing else.",
            ),
            models.CheckConstraint(
                condition=Q(dial=Replace(F("display"), Value(" "), Value(""))),
                name="route_display_matches_dial",
                violation_error_message=(
                    "Number: what is shown and what the phone dials are not the same digits."
                ),
            ),
            models.CheckConstraint(
                condition=~IS_PREMIUM,
                name="route_is_not_a_premium_number",
                violation_error_message=(
                    "Number: numbers that start 084, 087, 09, 118 or 070 can cost a lot. "
                    "We do not print them."
                ),
            ),
            models.CheckConstraint(
                condition=Q(emergency="") | Q(dial=""),
                name="emergency_route_has_no_number_of_its_own",
                violation_error_message="Number: an emergency number is part of the site itself.",
            ),
        ]

    def __str__(self):
        return f"{self.service}: {self.label or self.get_kind_display()}"

    def clean(self):
        """Refuse a route of a keeper's own for an emergency service."""
        service = Service.objects.filter(pk=self.service_id).first()
        if service and service.emergency and not self.emergency:
            raise ValidationError(
                "Service: the ways to reach an emergency service are part of the site itself."
            )

    @property
    def constant(self):
        """The emergency constant this route stands for, or None."""
        return emergency.ROUTES[self.emergency] if self.emergency else None

    @property
    def is_usable(self):
        """Whether readers may see it: not held back, and with something to reach."""
        reach = self.dial or self.emergency or self.address
        if self.kind in BY_WORDS:
            reach = reach or self.words
        return bool(reach) and not self.held_because

    @property
    def reached_by(self):
        """What readers reach it by, which two people must agree; "" for a place to go to."""
        return REACHED_BY.get(self.kind, "number")

    @property
    def has_hours(self):
        """Whether there are hours to print: known, and settled well enough to be said."""
        return self.hours != HoursKind.UNKNOWN and self.hours_confidence != Confidence.OPEN

    def hours_changed(self):
        """Forget what the service told us of the hours: those were the old ones."""
        self.hours_check = None
        if self.hours_confidence == HOURS_CONFIRMED:
            self.hours_confidence = Confidence.ONE
        self.save()

    def timetable(self):
        """Return the hours as a Timetable, or None when they are not known or not settled."""
        if self.constant:
            return ALWAYS_OPEN if self.constant.is_always_open else None
        if not self.has_hours:
            return None
        exceptions = {row.date: Day(row.spans(), row.reason) for row in self.exceptional_days.all()}
        closures = tuple(Closed(c.first_day, c.last_day, c.reason) for c in self.closures.all())
        if self.hours == HoursKind.ALWAYS:
            return replace(ALWAYS_OPEN, exceptions=exceptions, closures=closures)
        rows = [row for row in self.weekly_hours.all() if row.day != BANK_HOLIDAY]
        usual = [row for row in rows if row.is_usual]
        return Timetable(
            {row.day: row.spans() for row in usual},
            self.bank_holidays,
            exceptions,
            closures,
            tuple(row.rule() for row in rows if row not in usual),
            next((r.spans() for r in self.weekly_hours.all() if r.day == BANK_HOLIDAY), ()),
            self.holidays_of,
        )
