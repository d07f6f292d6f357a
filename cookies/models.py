"""What was asked, how often each answer was given, and how often pages were read.

Nothing here is about one person: every row is a sum for a day.
"""

from django.db import IntegrityError, models, transaction
from django.db.models import F


class PolicyVersion(models.Model):
    """What readers were asked to agree to, kept for as long as anybody may want to know."""

    number = models.PositiveIntegerField("policy number")
    digest = models.CharField(max_length=64, help_text="Which form an agreement came from.")
    asked = models.JSONField("what was shown", help_text="The words, the groups and the cookies.")
    asked_from = models.DateTimeField(help_text="When this was first asked here.")
    asked_until = models.DateTimeField(null=True, blank=True, help_text="Empty: it is asked today.")

    class Meta:
        ordering = ["-asked_from", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["number", "digest"],
                name="one_record_for_each_policy",
                violation_error_message="What was asked under this number is already recorded.",
            )
        ]

    def __str__(self):
        return f"Policy {self.number}, asked from {self.asked_from:%-d %B %Y}"


class DailySum(models.QuerySet):
    def add(self, what, **amounts):
        """Add amounts to the row that is about `what`, made if it is the first of its day.

        One UPDATE as a rule, so that two at once are both counted.
        """
        sums = {name: F(name) + amount for name, amount in amounts.items()}
        if self.filter(**what).update(**sums):
            return
        try:
            with transaction.atomic():
                self.create(**what, **amounts)
        except IntegrityError:  # somebody else was first this very moment
            self.filter(**what).update(**sums)


class DailyAnswers(models.Model):
    """How often one answer was given on one day. `day` is a day in Europe/London."""

    day = models.DateField()
    policy = models.PositiveIntegerField("policy number")
    choice = models.CharField(
        max_length=200, help_text="The optional groups that were turned on, or “none”."
    )
    count = models.PositiveIntegerField("times")

    objects = DailySum.as_manager()

    class Meta:
        ordering = ["-day", "-policy", "choice"]
        verbose_name = verbose_name_plural = "answers by day"
        constraints = [
            models.UniqueConstraint(
                fields=["day", "policy", "choice"],
                name="one_sum_for_each_answer_and_day",
                violation_error_message="This answer already has a sum for this day.",
            )
        ]

    def __str__(self):
        return f"{self.day}: {self.choice}"


class DailyReads(models.Model):
    """How often one page was read on one day, by those who agreed to be counted."""

    day = models.DateField()
    path = models.CharField("page", max_length=300)
    reads = models.PositiveIntegerField("times read")
    visits = models.PositiveIntegerField("visits that began here")

    objects = DailySum.as_manager()

    class Meta:
        ordering = ["-day", "path"]
        verbose_name = verbose_name_plural = "visits by day"
        constraints = [
            models.UniqueConstraint(
                fields=["day", "path"],
                name="one_sum_for_each_page_and_day",
                violation_error_message="This page already has a sum for this day.",
            )
        ]

    def __str__(self):
        return f"{self.day}: {self.path}"
