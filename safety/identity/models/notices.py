from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

import publishing
from safety.fields import account


class UrgentNoticeQuerySet(models.QuerySet):
    def on(self, moment):
        """Return the notice that stands at an aware moment, the one that began last, or None."""
        begun = self.filter(starts_at__lte=moment, ends_at__gt=moment)
        return begun.filter(stopped_at=None).order_by("-starts_at", "-pk").first()

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

    def stop(self):
        """Take it off now."""
        self.stopped_at = timezone.now()
        self.save()
