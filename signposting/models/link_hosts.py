from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

import publishing
from publishing.gate import addresses
from safety.fields import account
from safety.identity.two_people import Signed


class LinkHostQuerySet(models.QuerySet):
    def standing(self):
        """Those that were agreed and not taken off, and are as they were agreed."""
        agreed = self.filter(taken_off_at=None).exclude(agreed_at=None)
        return [host for host in agreed if host.is_right]

    def off(self):
        """Those that were agreed once and taken off."""
        return self.exclude(taken_off_at=None).exclude(agreed_at=None)

    def waiting(self):
        return self.filter(agreed_at=None, taken_off_at=None)


class LinkHost(Signed, models.Model):
    """A site that links in pages may lead to: one keeper asked for it, another typed it again.

    `address` is a host, such as www.gov.uk, or, where strangers can put pages, the whole
    address of one page. One person alone takes it off.
    """

    address = models.CharField(
        "site",
        max_length=200,
        help_text="Such as www.citizensadvice.org.uk. Where anybody can put pages, such as on "
        "social media, the whole address of the one page.",
    )
    asked_by = account(blank=True, editable=False)
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    agreed_by = account(blank=True, editable=False)
    agreed_at = models.DateTimeField("agreed", null=True, blank=True, editable=False)
    taken_off_at = models.DateTimeField("taken off", null=True, blank=True, editable=False)
    digest = models.CharField(max_length=64, blank=True, editable=False)

    objects = LinkHostQuerySet.as_manager()

    class Meta:
        ordering = ["address"]
        verbose_name = "site to link to"
        verbose_name_plural = "sites to link to"
        constraints = [
            models.UniqueConstraint(
                fields=["address"],
                condition=Q(taken_off_at=None),
                name="link_host_once",
                violation_error_message="This site is agreed, or waits for a second person.",
            ),
            models.CheckConstraint(
                condition=Q(agreed_by=None) | ~Q(agreed_by=F("asked_by")),
                name="link_host_agreed_by_another",
                violation_error_message="Somebody else must type this site again.",
            ),
        ]

    def __str__(self):
        if self.agreed_at or self.taken_off_at:
            return self.address
        # The second person types it from the site itself, not from here.
        return f"A new site, asked for by {self.asked_by}"

    def clean(self):
        self.address = written(self.address)

    @property
    def words(self):
        """What the digest is made of."""
        return {"link host": self.address, "by": self.asked_by_id, "agreed by": self.agreed_by_id}

    @transaction.atomic
    def take_off(self):
        """Refuse links there from now on: one person alone may.

        Without its digest: nothing that is done to the row alone brings it back.
        """
        self.taken_off_at, self.digest = timezone.now(), ""
        self.save(update_fields=["taken_off_at", "digest"])
        publishing.changed()


def written(typed):
    """Return a site as it is kept. Raises ValidationError with a sentence."""
    address = addresses.bare(typed)
    host, _, path = address.partition("/")
    if not address.isascii() or "@" in address or ":" in address or "xn--" in address:
        raise ValidationError("Site: use plain letters from a to z, as in www.example.org.")
    try:
        URLValidator(schemes=["https"])(f"https://{address}")
    except ValidationError:
        raise ValidationError("Site: type it as in www.example.org.") from None
    if addresses.is_open(host.removeprefix("www.")) and not path:
        raise ValidationError(
            "Site: anybody can put pages there. Type the whole address of the one page."
        )
    return address if addresses.is_open(host.removeprefix("www.")) else host
