"""Where somebody is logged in."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class StaffSession(models.Model):
    """A log-in that lasts: whose, from when, in what kind of browser. No address is kept.

    Its number stands in Django's own session, which holds only as long as this row says so.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    browser = models.CharField(max_length=40)
    begun_at = models.DateTimeField(default=timezone.now)
    used_on = models.DateField(default=timezone.localdate)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        default_permissions = ()
        ordering = ("-begun_at", "-pk")

    def __str__(self):
        return f"{self.browser}, since {self.begun_at:%-d %B %Y}"
