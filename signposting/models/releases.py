from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.utils import timezone

from safety.fields import account

from .services import Service


class NotAllowedError(Exception):
    """What was asked goes against the rules of releases; says why in words for a keeper."""


NEVER_CHANGED = "A release is never changed. Ask for a new one."
NEVER_DELETED = "A release is never deleted. Take the service off instead."


class ReleaseQuerySet(models.QuerySet):
    def update(self, **values):
        raise NotAllowedError(NEVER_CHANGED)

    def delete(self):
        raise NotAllowedError(NEVER_DELETED)

    def bulk_update(self, *args, **kwargs):
        self.update()

    def newest(self, until=None):
        """Return the last release of each service, or the last made by an aware moment."""
        made = Release.objects.filter(made_at__lte=until) if until else Release.objects.all()
        last = made.filter(service=OuterRef("service")).order_by("-number")
        return self.filter(pk=Subquery(last.values("pk")[:1]))


class Release(models.Model):
    """A service as readers have it: frozen, never changed, never deleted.

    The one with the highest number is in force. `content` is what signposting.releases.document
    makes of the working copy; `digest` is made with a key that the database does not hold.
    """

    class Kind(models.TextChoices):
        AGREED = "agreed", "Agreed by two people"
        LOADED = "loaded", "Loaded by whoever runs the site"
        ALONE = "alone", "Taken off, made less or checked by one person"

    service = models.ForeignKey(Service, models.PROTECT, related_name="releases")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=Kind)
    content = models.JSONField()
    made_at = models.DateTimeField(default=timezone.now)
    reason = models.TextField("why, or where it comes from")
    asked_by = account(blank=True)
    agreed_by = account(blank=True)
    digest = models.CharField(max_length=100, blank=True)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        ordering = ["service", "-number"]
        default_permissions = ["view"]
        constraints = [
            models.UniqueConstraint(
                fields=["service", "number"], name="signposting_release_number"
            ),
            models.CheckConstraint(
                condition=Q(kind="loaded", asked_by__isnull=True, agreed_by__isnull=True)
                | Q(kind="alone", asked_by__isnull=False, agreed_by__isnull=True)
                | Q(kind="agreed", asked_by__isnull=False, agreed_by__isnull=False)
                & ~Q(agreed_by=F("asked_by")),
                name="signposting_release_by_two_people",
                violation_error_message="Somebody else must agree. You cannot agree what you asked for.",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="signposting_release_says_why",
                violation_error_message="Why: say where you read it, or who told you.",
            ),
        ]

    def __str__(self):
        return f"{self.service}, release {self.number}"

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise NotAllowedError(NEVER_CHANGED)
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise NotAllowedError(NEVER_DELETED)


class ReleaseRequestQuerySet(models.QuerySet):
    def waiting(self):
        """What nobody has agreed or dropped."""
        return self.filter(agreed_at__isnull=True, dropped_at__isnull=True)


class ReleaseRequest(models.Model):
    """A release that one person asked for and that a second person must agree.

    Until then readers keep what they have. `content` is the whole document that is asked for,
    its numbers and addresses too: nobody sees them there until they have typed them. `base`
    is the number of the release that was in force then, 0 for none.
    """

    service = models.ForeignKey(Service, models.PROTECT, related_name="requests")
    content = models.JSONField()
    base = models.PositiveIntegerField(default=0)
    reason = models.CharField("why", max_length=200)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField("asked", default=timezone.now)
    agreed_by = account(blank=True)
    agreed_at = models.DateTimeField("agreed", null=True, blank=True)
    dropped_at = models.DateTimeField("dropped", null=True, blank=True)

    objects = ReleaseRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        default_permissions = ["add", "change", "view"]
        constraints = [
            models.CheckConstraint(
                condition=Q(agreed_by__isnull=True) | ~Q(agreed_by=F("asked_by")),
                name="release_agreed_by_a_second_person",
                violation_error_message="Somebody else must agree. You cannot agree what you asked for.",
            ),
            models.CheckConstraint(
                condition=Q(agreed_by__isnull=True, agreed_at__isnull=True)
                | Q(agreed_by__isnull=False, agreed_at__isnull=False, dropped_at__isnull=True),
                name="release_agreed_or_dropped",
                violation_error_message="This was settled before. Ask again.",
            ),
            models.UniqueConstraint(
                fields=["service"],
                condition=Q(agreed_at__isnull=True, dropped_at__isnull=True),
                name="one_request_waiting_a_service",
                violation_error_message=(
                    "A change of this service waits already. Agree it or drop it first."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.service}: {self.reason}"
