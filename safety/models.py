from datetime import timedelta

from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac


class TooManyTriesError(Exception):
    """Nobody may try a password for this name now."""


class LoginTryManager(models.Manager):
    def begin(self, name):
        """Write down that a password is about to be tried for a name.

        Raises TooManyTriesError after TRIES within WINDOW. Written before it is counted, so
        that tries at the same moment, on however many machines, count one another.
        """
        now = timezone.now()
        # A clock that was wrong for a day must not shut anybody out until that day comes.
        counted = models.Q(at__range=(now - LoginTry.WINDOW, now + LoginTry.WINDOW))
        self.exclude(counted).delete()
        begun = self.create(box=box_of(name), at=now)
        if self.filter(counted, box=begun.box).count() > LoginTry.TRIES:
            begun.delete()
            raise TooManyTriesError

    def forget(self, name):
        self.filter(box=box_of(name)).delete()


class LoginTry(models.Model):
    """A try to log in that has not succeeded (yet): when, and in which box its name falls.

    A name is not kept, and one that nobody has counts like any other, so nobody learns from a
    refusal which names there are. At most TRIES rows a box stand, for WINDOW.
    Source: reference/security-and-reliability.md sections 4 (T9) and 11 (G16).
    """

    TRIES = 10
    WINDOW = timedelta(hours=1)

    box = models.CharField(max_length=4)
    at = models.DateTimeField(db_index=True)

    objects = LoginTryManager()

    class Meta:
        default_permissions = ()
        indexes = (models.Index(fields=("box", "at"), name="safety_logintry_box_at"),)

    def __str__(self):
        return f"{self.box} at {self.at}"


def box_of(name):
    """Return the box of a name: one of 65,536, so that there are never more."""
    return salted_hmac("safety.LoginTry", name).hexdigest()[:4]
