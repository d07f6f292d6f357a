from django.db import models, transaction
from django.db.models import F, OuterRef, Q, Subquery
from django.utils import timezone

import publishing

from .. import digest
from .head import Head


class NotAllowedError(Exception):
    """What was asked goes against the rules of releases; says why in words for an editor."""


class ReleaseQuerySet(models.QuerySet):
    def update(self, **values):
        raise NotAllowedError("A release is never changed. Publish a new one.")

    def delete(self):
        raise NotAllowedError("A release is never deleted. Withdraw the page instead.")

    def bulk_update(self, *args, **kwargs):
        self.update()

    def standing(self):
        """Return the releases that were not cancelled before they began."""
        return self.filter(cancelled_at=None)

    def begun(self, moment):
        return self.standing().filter(live_from__lte=moment)

    def waiting(self, moment):
        """Return the releases still to come, the next first."""
        return self.standing().filter(live_from__gt=moment).order_by("live_from", "number")

    def in_force(self, moment):
        """Return the release of each page that is in force at an aware moment.

        That is the latest `live_from` not after the moment and not past its `live_until`,
        ties by number. A withdrawal can be in force too.
        """
        candidates = Release.objects.begun(moment).filter(
            Q(live_until=None) | Q(live_until__gt=moment)
        )
        latest = candidates.filter(page=OuterRef("page")).order_by("-live_from", "-number")
        return self.filter(pk=Subquery(latest.values("pk")[:1]))

    def public(self, moment):
        """Return the releases that readers see at an aware moment."""
        return self.in_force(moment).filter(withdraws=False)


class Release(Head):
    """A page as it was published: frozen, never changed, never deleted."""

    page = models.ForeignKey("awareness.Page", on_delete=models.PROTECT, related_name="releases")
    number = models.PositiveIntegerField()
    withdraws = models.BooleanField(default=False)
    blocks = models.JSONField(default=list)
    # The files of its images, named by their own SHA-256.
    images = models.JSONField(default=list)
    live_from = models.DateTimeField()
    live_until = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    # In words: the login may be gone one day, the release is not.
    author = models.CharField(max_length=150, blank=True)
    note = models.CharField(max_length=200, blank=True)
    digest = models.CharField(max_length=64, blank=True, editable=False)

    objects = ReleaseQuerySet.as_manager()

    class Meta(Head.Meta):
        ordering = ["page", "-number"]
        indexes = [
            models.Index(fields=["page", "live_from", "number"]),
            # A page is looked up by its address, by the print of a thousand pages as often.
            models.Index(fields=["kind", "slug"]),
        ]
        constraints = [
            *Head.Meta.constraints,
            models.UniqueConstraint(name="awareness_release_number", fields=["page", "number"]),
            models.CheckConstraint(
                name="awareness_release_span",
                condition=Q(live_until=None) | Q(live_until__gt=F("live_from")),
                violation_error_message="It must end after it begins.",
            ),
            models.CheckConstraint(
                name="awareness_release_cancelled",
                condition=Q(cancelled_at=None) | Q(cancelled_at__lt=F("live_from")),
                violation_error_message="It has begun, so it can no longer be cancelled. "
                "Withdraw the page, or publish again.",
            ),
        ]
        default_permissions = ["view"]

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise NotAllowedError("A release is never changed. Publish a new one.")
        self.digest = digest.sign(self)
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise NotAllowedError("A release is never deleted. Withdraw the page instead.")

    @property
    def is_right(self):
        """Whether it is as it was published, and not changed by SQL or otherwise."""
        return digest.is_right(self)

    def cancel(self):
        """Take back a release that has not begun. Raises NotAllowedError once it has."""
        now = timezone.now()
        with transaction.atomic():
            waiting = Release.objects.waiting(now).filter(pk=self.pk)
            if not self.is_right:
                raise NotAllowedError("It is not as it was published. Publish the page again.")
            before, self.cancelled_at = self.cancelled_at, now
            values = {"cancelled_at": now, "digest": digest.sign(self)}
            # The one change a release knows, past the manager that refuses changes.
            if not models.QuerySet.update(waiting.order_by(), **values):
                self.cancelled_at = before
                raise NotAllowedError(
                    "It has begun or was cancelled already, so it cannot be cancelled now."
                )
            self.digest = values["digest"]
            publishing.changed()
