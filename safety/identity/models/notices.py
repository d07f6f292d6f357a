from datetime import UTC

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

import publishing
from publishing.printing import records
from safety.fields import account

from .. import lasting


class UrgentNoticeQuerySet(models.QuerySet):
    def on(self, moment):
        """Return the notice that stands at an aware moment, the one that began last, or None.

        One that was stopped when it was printed comes back by nothing that is done to its row.
        """
        begun = self.filter(starts_at__lte=moment, ends_at__gt=moment, stopped_at=None)
        stopped = [row[:-1] for row in printed_rows() if row[-1]]
        newest = begun.order_by("-starts_at", "-pk")
        return next((one for one in newest if one.row[:-1] not in stopped), None)

    def as_rows(self):
        """Return those that are not over, for the edition that is being printed: also the lost."""
        rows = [one.row for one in self.filter(ends_at__gt=timezone.now())]
        lost = self.lost()
        return lost + [row for row in rows if row[:-1] not in [each[:-1] for each in lost]]

    def lost(self):
        """Return the rows of those that were printed and have been deleted or changed since.

        In the newsroom one can only be stopped.
        """
        rows = printed_rows()
        now = [one.row for one in self.filter(ends_at__gt=timezone.now())] if rows else []
        right = [*now, *([*row[:-1], False] for row in now)]
        return [row for row in rows if row not in right]

    def next_moment(self, after):
        """Return when one next begins or ends after an aware moment, or None."""
        standing = self.filter(stopped_at=None, ends_at__gt=after)
        moments = standing.values_list("starts_at", "ends_at")
        return min((each for pair in moments for each in pair if each > after), default=None)


class UrgentNotice(models.Model):
    """Words above every page from a start to an end. Then what was there before is there again."""

    words = models.CharField(
        "words",
        max_length=250,
        help_text="One or two short sentences. They stand above every page.",
    )
    starts_at = models.DateTimeField("starts", default=timezone.now)
    ends_at = models.DateTimeField("ends", help_text="It goes by itself. UK time.")
    stopped_at = models.DateTimeField("stopped", null=True, blank=True, editable=False)
    made_by = account(editable=False)

    objects = UrgentNoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_at"]
        default_permissions = ["add", "change", "view"]
        verbose_name = "urgent notice"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="urgent_notice_ends_after_it_starts",
                violation_error_message="Ends: choose a time after the start.",
            ),
            models.CheckConstraint(
                condition=~Q(words=""),
                name="urgent_notice_has_words",
                violation_error_message="Words: fill them in.",
            ),
        ]

    def __str__(self):
        return self.words

    @transaction.atomic
    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)
        publishing.changed()

    def clean(self):
        lasting.refuse_contacts(self, "words")

    def stop(self):
        """Take it off now."""
        self.stopped_at = timezone.now()
        self.save()

    @property
    def row(self):
        """What it is, as JSON can hold it, and last whether it was stopped."""
        moments = [moment.astimezone(UTC).isoformat() for moment in (self.starts_at, self.ends_at)]
        return [self.pk, self.words, *moments, bool(self.stopped_at)]


def printed_rows():
    """Return the rows of the notices that the newest edition knows and that are not over."""
    rows = (records.last_kept("identity") or {}).get("notices", [])
    now = timezone.now().astimezone(UTC).isoformat()
    return [row for row in rows if row[3] > now]
