"""The audit trail."""

from django.db import models
from django.utils import timezone

from safety.fields import account


class EntryQuerySet(models.QuerySet):
    def update(self, **kwargs):
        raise NotImplementedError("The audit trail is never changed.")

    def delete(self):
        raise NotImplementedError("The audit trail is never deleted.")


class Entry(models.Model):
    """A line of the audit trail: who did what, when, to what, before and after.

    Written by safety.accounts.audit, changed and deleted by nobody. Nothing of a reader is in it.
    """

    class Action(models.TextChoices):
        PREPARED = "prepared", "prepared the site"
        ADDED = "added", "added"
        CHANGED = "changed", "changed"
        DELETED = "deleted", "deleted"
        DID = "did", "did"
        LOGGED_IN = "logged in", "logged in"
        LOGGED_OUT = "logged out", "logged out"
        LOGIN_FAILED = "log-in failed", "failed to log in"
        THROTTLED = "throttled", "was made to wait"
        REFUSED = "refused", "was refused"
        GROUPS = "groups", "changed the groups"
        PASSWORD = "password", "set the password"  # noqa: S105
        CODE = "code", "set up one-time codes"
        CODE_OFF = "code off", "took the one-time codes off"
        RECOVERY = "recovery", "used a recovery code"
        RECOVERY_NEW = "recovery new", "made new recovery codes"
        CODE_AGAIN = "code again", "gave a code again"
        LINK = "link", "made a link to a new password"
        SESSION = "session", "ended a session"

    at = models.DateTimeField("when", default=timezone.now, db_index=True, editable=False)
    user = account(
        verbose_name="who",
        editable=False,
        help_text="Nobody: a command of the operator, or a log-in with a name that nobody has.",
    )
    action = models.CharField("did", max_length=16, choices=Action.choices, editable=False)
    about = models.CharField("to what", max_length=100, blank=True, editable=False)
    object_id = models.CharField("its number", max_length=64, blank=True, editable=False)
    words = models.CharField("in words", max_length=300, blank=True, editable=False)
    before = models.JSONField(null=True, editable=False)
    after = models.JSONField(null=True, editable=False)

    objects = EntryQuerySet.as_manager()

    class Meta:
        default_permissions = ("view",)
        ordering = ("-at", "-pk")
        verbose_name = "line of the audit trail"
        verbose_name_plural = "lines of the audit trail"
        indexes = (models.Index(fields=("about", "object_id"), name="accounts_entry_object"),)

    def __str__(self):
        return " ".join(
            filter(None, [str(self.user or "Nobody"), self.get_action_display(), self.words])
        )

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise NotImplementedError("The audit trail is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise NotImplementedError("The audit trail is never deleted.")
