"""What the newsroom remembers about printing. The editions themselves are files."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Max, Q
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

    def held_up(self, machine):
        """Return whether the last print of a machine came to nothing."""
        last = self.filter(machine=machine).last_one()
        return bool(last and last.edition is None)

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


# A machine reports this often while it runs; one that is silent for longer is stopped or cut off.
SILENT = timedelta(minutes=1)
# After so long it is out of use, and nobody waits for it.
GIVEN_UP = timedelta(days=1)


class ServingQuerySet(models.QuerySet):
    def in_use(self, now):
        return self.filter(at__gt=now - GIVEN_UP)

    def besides(self, machine, folder):
        return self.exclude(machine=machine, folder=folder)

    def silent(self, now):
        """Return the machines in use that have not reported for SILENT."""
        return self.in_use(now).filter(at__lte=now - SILENT)

    def without(self, wanted, now):
        """Return the machines in use whose readers do not have what was wanted by then."""
        return self.in_use(now).filter(
            Q(wanted__lt=wanted) | Q(pinned__isnull=False) | Q(at__lte=now - SILENT)
        )


class Serving(models.Model):
    """What one machine serves, as it last said itself."""

    machine = models.CharField(max_length=255)
    folder = models.CharField(max_length=16, help_text="Tells two sites on one machine apart.")
    edition = models.PositiveBigIntegerField(null=True, blank=True)
    pinned = models.PositiveBigIntegerField(null=True, blank=True)
    wanted = models.PositiveBigIntegerField(
        default=0, help_text="The wanted number that its edition was printed for."
    )
    at = models.DateTimeField("last heard of")

    objects = ServingQuerySet.as_manager()

    class Meta:
        ordering = ["machine", "folder"]
        constraints = [
            models.UniqueConstraint(
                fields=["machine", "folder"],
                name="one_row_a_machine",
                violation_error_message="A machine says what it serves in one place.",
            )
        ]

    def __str__(self):
        if self.at <= timezone.now() - SILENT:
            heard = timezone.localtime(self.at)
            return (
                f"{self.machine} is stopped or cut off: not heard of since {heard:%H:%M on %-d %B}. "
                f"It may still serve edition {self.edition}."
            )
        if self.pinned:
            return f"{self.machine} serves edition {self.pinned}, which is pinned there."
        return f"{self.machine} still serves edition {self.edition}."
