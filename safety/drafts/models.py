from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import models
from django.http import QueryDict
from django.utils import timezone

KEPT = timedelta(days=30)


class DraftQuerySet(models.QuerySet):
    def of(self, user, address):
        """Return the newest draft of a user's at an address that is not too old, or None."""
        return self.fresh().filter(user=user, address=address).first()

    def fresh(self):
        return self.filter(kept_at__gt=timezone.now() - KEPT)


class Draft(models.Model):
    """What one person typed into one form and did not save. Nobody else is shown it.

    `key` is the form's own, made when it was opened: the same form in two tabs is two drafts.
    """

    key = models.UUIDField(unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    address = models.CharField(max_length=200)
    title = models.CharField(max_length=200, blank=True)
    # Names and values as the browser would send them, in order: [["title", "A week"], ...]
    fields = models.JSONField()
    kept_at = models.DateTimeField(default=timezone.now, db_index=True)

    objects = DraftQuerySet.as_manager()

    class Meta:
        ordering = ["-kept_at", "-pk"]
        default_permissions = []
        indexes = [models.Index(fields=["user", "address"])]

    def __str__(self):
        return self.title or self.address

    @property
    def data(self):
        """The fields as a form takes them."""
        found = QueryDict(mutable=True)
        for name, value in self.fields:
            found.appendlist(name, value)
        return found


def delete_old():
    """Delete what nobody came back for in 30 days, and return how many drafts that were."""
    deleted, _ = Draft.objects.filter(kept_at__lte=timezone.now() - KEPT).delete()
    return deleted


def key_of(sent):
    """Return the key of the draft that a sent form says it has, or "" if there is none."""
    try:
        return str(UUID(sent.get("draft", "")))
    except ValueError:
        return ""
