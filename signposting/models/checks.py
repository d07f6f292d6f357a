from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from safety.fields import account

from ..choices import HOURS_CONFIRMED, Confidence
from .services import Service

# Open Referral UK asks that assurance be less than three months old.
CHECK_EVERY = timedelta(days=90)
# Staff have this long, before the date, to check again before readers are told.
DUE_SOON = timedelta(days=14)


class Check(models.Model):
    class How(models.TextChoices):
        READ = "read", "Read: we read it on a published page"
        CONFIRMED = "confirmed", "Confirmed: the service told us"

    class Outcome(models.TextChoices):
        RIGHT = "right", "Everything here is right"
        WRONG = "wrong", "Something is wrong"
        NO_ANSWER = "no-answer", "We could not find out"

    service = models.ForeignKey(Service, models.CASCADE, related_name="checks")
    how = models.CharField("how", max_length=10, choices=How)
    where = models.TextField(
        "page or person", help_text="Which page, or who told you: role, not name."
    )
    day = models.DateField("day")
    outcome = models.CharField("outcome", max_length=10, choices=Outcome, default=Outcome.RIGHT)
    due = models.DateField("check again by")
    by = account(blank=True)
    recorded = models.DateTimeField("recorded", auto_now_add=True)

    class Meta:
        ordering = ["-day", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(due__gt=F("day")),
                name="check_is_due_later",
                violation_error_message="Check again by: it must be after the day of the check.",
            ),
            models.CheckConstraint(
                condition=~Q(where=""),
                name="check_says_where",
                violation_error_message="Page or person: say what you read, or who told you.",
            ),
        ]

    def __str__(self):
        return f"{self.get_outcome_display()}, {self.day:%-d %B %Y}"

    def clean(self):
        """Refuse a check that would hold for longer than checks may."""
        if self.day and self.due and self.due > self.day + CHECK_EVERY:
            raise ValidationError(
                {
                    "due": "Check again by: it must be within "
                    f"{CHECK_EVERY.days} days of the day of the check."
                }
            )

    def record(self, hours_of=(), doubt_is_gone=False):
        """Save it, and tell the service: a right check is its last, a wrong one a question.

        `hours_of` are the routes whose hours the service confirmed too; `doubt_is_gone` is
        whether it settled what was not certain. A check of a day before the newest is kept
        and changes nothing. Call it in a transaction.
        """
        self.save()
        service = self.service
        if service.checks.filter(day__gt=self.day).exclude(outcome=self.Outcome.NO_ANSWER).exists():
            return
        if self.outcome == self.Outcome.RIGHT:
            service.last_check = self
            if doubt_is_gone:
                service.doubt, service.confidence = "", Confidence.OWNER
            for route in hours_of:
                route.hours_check, route.hours_confidence = self, HOURS_CONFIRMED
                route.save(update_fields=["hours_check", "hours_confidence"])
        if self.outcome != self.Outcome.NO_ANSWER:
            service.in_question = self.outcome == self.Outcome.WRONG
        service.save()

    def is_overdue(self, day):
        return day > self.due

    def is_due_soon(self, day):
        return day > self.due - DUE_SOON


class NotWorkingQuerySet(models.QuerySet):
    def count_one(self, service, day):
        """Add one to the day's count, up to A_DAY, safely beside others doing the same."""
        row, added = self.get_or_create(service=service, day=day)
        if not added:
            there = self.filter(pk=row.pk, times__lt=NotWorking.A_DAY)
            there.update(times=F("times") + 1, settled_by=None)


class NotWorking(models.Model):
    """How often, on one day, readers said that a service's number did not work.

    Nothing else is kept: no time, no words, nothing of the reader.
    """

    # By then staff know. A machine that taps on makes no larger number, and what somebody has
    # settled since stays settled.
    A_DAY = 100

    service = models.ForeignKey(Service, models.CASCADE, related_name="not_working")
    day = models.DateField("day")
    times = models.PositiveIntegerField("times", default=1)
    settled_by = account(blank=True)

    objects = NotWorkingQuerySet.as_manager()

    class Meta:
        ordering = ["-day"]
        constraints = [
            models.UniqueConstraint(
                fields=["service", "day"], name="not_working_once_a_day_and_service"
            ),
        ]

    def __str__(self):
        return f"{self.service}: {self.times} on {self.day:%-d %B %Y}"
