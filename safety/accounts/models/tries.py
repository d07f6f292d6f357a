"""How often somebody may try a password or a code for a name."""

from datetime import timedelta

from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac


class TooManyTriesError(Exception):
    """Nobody may try for this name now, from where this try came."""


class LoginTryManager(models.Manager):
    def begin(self, what, name, device=""):
        """Write down that a password or a code is about to be tried for a name.

        `what` is of LoginTry.What; `device` the one that has logged in with this name before
        (safety.accounts.devices), or "" for a stranger. Each has a count of its own.

        Raises TooManyTriesError after TRIES within WINDOW. Written before it is counted, so
        that tries at the same moment, on however many machines, count one another.
        """
        now = timezone.now()
        # A clock that was wrong for a day must not shut anybody out until that day comes.
        counted = models.Q(at__range=(now - LoginTry.WINDOW, now + LoginTry.WINDOW))
        self.exclude(counted).delete()
        begun = self.create(box=box_of(what, name, device), at=now)
        if self.filter(counted, box=begun.box).count() > LoginTry.TRIES:
            begun.delete()
            raise TooManyTriesError

    def used_up(self, what, name, device=""):
        return self.filter(box=box_of(what, name, device)).count() >= LoginTry.TRIES

    def touch(self, what, name, device=""):
        """Write to the rows of a name without changing them, so that each failure writes."""
        self.filter(box=box_of(what, name, device)).update(at=models.F("at"))

    def forget(self, what, name, device=""):
        self.filter(box=box_of(what, name, device)).delete()


class LoginTry(models.Model):
    """A try to log in that has not succeeded (yet): when, and in which box its name falls.

    A name is not kept, and one that nobody has counts like any other, so nobody learns from a
    refusal which names there are. At most TRIES rows a box stand, for WINDOW.
    Source: reference/security-and-reliability.md sections 4 (T9) and 11 (G16).
    """

    class What(models.TextChoices):
        PASSWORD = "password"  # noqa: S105
        CODE = "code"
        LOST = "lost"

    TRIES = 10
    WINDOW = timedelta(hours=1)

    box = models.CharField(max_length=6)
    at = models.DateTimeField(db_index=True)

    objects = LoginTryManager()

    class Meta:
        default_permissions = ()
        indexes = (models.Index(fields=("box", "at"), name="accounts_logintry_box_at"),)

    def __str__(self):
        return f"{self.box} at {self.at}"


def box_of(what, name, device=""):
    """Return the box of a name.

    A stranger's is one of 65,536, so that there are never more; a device that has logged in
    before is signed by us, so there are only as many as log-ins.
    """
    box = salted_hmac("accounts.LoginTry", f"{what} {name} {device}").hexdigest()
    return ("d" + box[:5]) if device else ("s" + box[:4])
