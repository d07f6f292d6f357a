"""What a person's account needs beyond Django's own user."""

from django.conf import settings
from django.db import models


class Account(models.Model):
    """Every user has one.

    It keeps the user's row: an account is switched off, never deleted, and its history stays.
    """

    class Set(models.TextChoices):
        """What somebody else set, in the words that follow "because"."""

        NEW = "new", "your account is new"
        GROUPS = "groups", "your groups were changed"
        PASSWORD = "password", "your password was set by somebody else"  # noqa: S105
        CODE = "code", "your one-time codes were set up anew"

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    set_what = models.CharField(max_length=8, choices=Set.choices, blank=True)
    set_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        default_permissions = ()
        constraints = (
            models.CheckConstraint(
                name="accounts_account_set",
                condition=models.Q(set_what="", set_at=None)
                | ~models.Q(set_what="") & models.Q(set_at__isnull=False),
                violation_error_message="Say what was set, and when.",
            ),
        )

    def __str__(self):
        return str(self.user)
