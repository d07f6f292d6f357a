"""What two keepers agreed of the areas and the groups of the help page, all of it in one row."""

from datetime import UTC

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

import publishing
from publishing import signatures
from safety.fields import account


class HeadingsReleaseQuerySet(models.QuerySet):
    def agreed(self):
        """Those that were agreed, newest first."""
        return self.exclude(agreed_at=None)

    def waiting(self):
        return self.filter(agreed_at=None, dropped_at=None)


class HeadingsRelease(models.Model):
    """All areas and groups as readers have them: asked by one keeper, agreed by another.

    Each change is a row of its own; the one agreed last is in force. What a group is called, what
    stands first and whom an area takes decide which number a reader tries.
    """

    content = models.JSONField(editable=False)
    reason = models.CharField("why", max_length=200)
    asked_by = account(blank=True, editable=False)
    asked_at = models.DateTimeField("asked", default=timezone.now, editable=False)
    agreed_by = account(blank=True, editable=False)
    agreed_at = models.DateTimeField("agreed", null=True, blank=True, editable=False)
    dropped_at = models.DateTimeField("dropped", null=True, blank=True, editable=False)
    digest = models.CharField(max_length=64, blank=True, editable=False)

    objects = HeadingsReleaseQuerySet.as_manager()

    class Meta:
        ordering = ["-agreed_at", "-pk"]
        default_permissions = ["add", "change", "view"]
        verbose_name = "change of areas and groups"
        verbose_name_plural = "changes of areas and groups"
        constraints = [
            models.CheckConstraint(
                condition=Q(agreed_by=None)
                | Q(asked_by__isnull=False) & ~Q(agreed_by=F("asked_by")),
                name="headings_agreed_by_another",
                violation_error_message="Somebody else must agree. You cannot agree what you asked for.",
            ),
            models.CheckConstraint(
                condition=Q(dropped_at=None) | Q(agreed_at=None),
                name="headings_agreed_or_dropped",
                violation_error_message="This was settled before. Ask again.",
            ),
        ]

    def __str__(self):
        return f"Asked on {timezone.localtime(self.asked_at):%d %B %Y}: {self.reason}"

    @property
    def is_right(self):
        """Whether it is as it was agreed, and not changed by SQL or otherwise."""
        return signatures.is_signed(words(self), self.digest)

    @transaction.atomic
    def agree(self, user=None):
        """Let readers have it. Without a user it is the site's own content that says so."""
        self.agreed_by, self.agreed_at = user, timezone.now()
        self.digest = signatures.sign(words(self))
        self.validate_constraints()
        self.save()
        publishing.changed()

    def drop(self):
        """Forget what was asked for."""
        self.dropped_at = timezone.now()
        self.save(update_fields=["dropped_at"])


def words(release):
    """Return what the digest of a release is made of."""
    return {
        "release": "headings",
        "content": release.content,
        "reason": release.reason,
        "asked by": release.asked_by_id,
        "agreed by": release.agreed_by_id,
        "agreed": release.agreed_at and release.agreed_at.astimezone(UTC).isoformat(),
    }
