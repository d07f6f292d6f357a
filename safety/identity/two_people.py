"""A change that two keepers agree: one asks for it, another looks at it and agrees or drops it."""

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

import publishing
from publishing import signatures
from safety.fields import account

SETTLED = "This was settled before. Ask again."
WAITS = "A change waits already. Agree it or drop it first."
BY_ANOTHER = "Somebody else must agree. You cannot agree what you asked for."


def agreed_by_another(or_else=Q()):  # noqa: B008 a Q is never changed
    """Return the constraint that nobody agrees alone, `or_else` aside."""
    return models.CheckConstraint(
        condition=or_else
        | Q(agreed_by=None)
        | Q(asked_by__isnull=False) & ~Q(agreed_by=F("asked_by")),
        name="%(class)s_agreed_by_another",
        violation_error_message=BY_ANOTHER,
    )


ONE_AT_A_TIME = [
    models.CheckConstraint(
        condition=Q(dropped_at=None) | Q(agreed_at=None),
        name="%(class)s_agreed_or_dropped",
        violation_error_message=SETTLED,
    ),
    # What waits has no digest yet, so of all that waits only one can be.
    models.UniqueConstraint(
        fields=["digest"],
        condition=Q(agreed_at=None, dropped_at=None),
        name="one_%(class)s_waiting",
        violation_error_message=WAITS,
    ),
]


class AgreedChangeQuerySet(models.QuerySet):
    def agreed(self):
        """Those that were agreed, newest first."""
        return self.exclude(agreed_at=None)

    def waiting(self):
        return self.filter(agreed_at=None, dropped_at=None)


class Signed:
    """Mix into a model with agreed_by, agreed_at and digest. `words` is what the digest is made of."""

    @property
    def is_right(self):
        """Whether it is as it was agreed, and not changed by SQL or otherwise."""
        return signatures.is_signed(self.words, self.digest)

    @transaction.atomic
    def agree(self, user=None):
        """Let readers have it. Without a user it is the site's own content that says so."""
        self.agreed_by, self.agreed_at = user, timezone.now()
        self.digest = signatures.sign(self.words)
        self.validate_constraints()
        settled = ["agreed_by", "agreed_at", "digest"]
        self.save(update_fields=None if self._state.adding else settled)
        publishing.changed()


class AgreedChange(Signed, models.Model):
    """Each change is a row of its own; the one agreed last, if it is right, is in force."""

    reason = models.CharField("why", max_length=200)
    asked_by = account(blank=True, editable=False)
    asked_at = models.DateTimeField("asked", default=timezone.now, editable=False)
    agreed_by = account(blank=True, editable=False)
    agreed_at = models.DateTimeField("agreed", null=True, blank=True, editable=False)
    dropped_at = models.DateTimeField("dropped", null=True, blank=True, editable=False)
    digest = models.CharField(max_length=64, blank=True, editable=False)

    objects = AgreedChangeQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["-agreed_at", "-pk"]
        default_permissions = ["add", "change", "view"]
        constraints = [agreed_by_another(), *ONE_AT_A_TIME]

    def __str__(self):
        return f"Asked on {timezone.localtime(self.asked_at):%d %B %Y}: {self.reason}"

    def drop(self):
        """Forget what was asked for."""
        self.dropped_at = timezone.now()
        self.save(update_fields=["dropped_at"])
