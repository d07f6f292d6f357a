"""What the newsroom remembers about printing. The editions themselves are files."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Max
from django.utils import timezone


class Wanted(models.Model):
    """One row: how often readers have been due something new.

    Every machine prints its own edition from the shared database, and compares this
    number with the one its edition was printed for.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(id=1),
                name="one_wanted_number",
                violation_error_message="There is one wanted number, not several.",
            )
        ]

    def __str__(self):
        return str(self.number)

    @classmethod
    def raise_number(cls):
        if not cls.objects.filter(id=1).update(number=F("number") + 1):
            cls.objects.get_or_create(id=1)
            cls.objects.filter(id=1).update(number=F("number") + 1)

    @classmethod
    def now(cls):
        """Return the number that is wanted now; 0 before anything has changed."""
        return cls.objects.filter(id=1).values_list("number", flat=True).first() or 0


# A machine that is held up tries again each minute, so one that is silent is out of use.
IN_USE = timedelta(minutes=5)


class PrintQuerySet(models.QuerySet):
    def last_one(self):
        return self.order_by("-id").first()

    def problems(self, now):
        """Return the problems of each machine's last print, as dictionaries.

        `edition` is None in one that holds up all readers of its machine; else what it is
        about was set aside alone.
        """
        lately = self.filter(at__gt=now - IN_USE).order_by().values("machine")
        last = {found["last"] for found in lately.annotate(last=Max("id"))}
        last |= {newest.pk for newest in [self.last_one()] if newest}
        return [
            {**problem, "edition": each.edition}
            for each in self.filter(pk__in=last)
            for problem in each.problems
        ]

    def forget_all_but(self, kept):
        """Delete all but the last `kept` records."""
        last = self.order_by("-id").values_list("id", flat=True)[:kept]
        self.exclude(id__in=list(last)).delete()


class Print(models.Model):
    """One attempt to print an edition, and what held it up if anything did."""

    wanted = models.PositiveBigIntegerField(help_text="The wanted number it was printed for.")
    at = models.DateTimeField("when", default=timezone.now)
    machine = models.CharField(max_length=255)
    edition = models.PositiveBigIntegerField(
        null=True, blank=True, help_text="The edition's number; empty if none was made."
    )
    problems = models.JSONField(default=list, blank=True)

    objects = PrintQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name = "print"
        verbose_name_plural = "prints"

    def __str__(self):
        if self.problems and not self.edition:
            return f"Held up: {self.problems[0]['words']}"
        return f"Edition {self.edition}" + (", with problems" if self.problems else "")
