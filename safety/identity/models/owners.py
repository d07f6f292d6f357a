from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from safety.identity.two_people import (
    ONE_AT_A_TIME,
    AgreedChange,
    AgreedChangeQuerySet,
    agreed_by_another,
)

from .. import lasting
from . import printed
from .printed import plain

# What readers act on: a second keeper types each of these again.
REACH = ("contact", "complaints", "exit_url")
SAID = ("organisation", "contact", "complaints", "data_controller", "exit_url")


def reachable(value):
    """Refuse what is no email address and no web address. Raises ValidationError."""
    try:
        if "@" in value:
            validate_email(value)
        else:
            URLValidator(schemes=["https"])(value)
    except ValidationError:
        raise ValidationError(
            "Type an email address, or a web address that begins with https://."
        ) from None


class OwnerQuerySet(AgreedChangeQuerySet):
    def in_force(self):
        """Return the newest that was agreed and is as it was agreed.

        One that the database has no more stands as it was printed. An empty database has what the
        settings say.
        """
        if lost := printed.lost(Owner, "agreed_at"):
            return lost
        agreed = self.agreed()
        return next((owner for owner in agreed if owner.is_right), None) or Owner.of_settings()


class Owner(AgreedChange):
    """Who runs the site, how to reach them, and where the exit leads: two keepers agree it.

    One keeper alone can take off what readers act on.
    """

    organisation = models.CharField("who runs this site", max_length=100, blank=True)
    contact = models.CharField(
        "how to contact them",
        max_length=200,
        blank=True,
        help_text="An email address, or a web address that begins with https://.",
    )
    complaints = models.CharField(
        "where complaints go",
        max_length=200,
        blank=True,
        help_text="An email address, or a web address that begins with https://.",
    )
    data_controller = models.CharField(
        "who is responsible for data", max_length=200, blank=True, help_text="A name or a job."
    )
    exit_url = models.CharField(
        "where the exit leads",
        max_length=200,
        help_text="A page that anyone might have open, with nothing personal on it.",
    )
    alone = models.BooleanField("taken off by one person", default=False, editable=False)

    objects = OwnerQuerySet.as_manager()

    class Meta(AgreedChange.Meta):
        verbose_name = "who runs this site"
        verbose_name_plural = "who runs this site"
        constraints = [agreed_by_another(Q(alone=True)), *ONE_AT_A_TIME]

    def clean(self):
        lasting.refuse_contacts(self, "organisation", "data_controller")
        for name in ("contact", "complaints"):
            if value := getattr(self, name):
                try:
                    reachable(value)
                except ValidationError as error:
                    raise ValidationError({name: error.messages}) from None
        try:
            URLValidator(schemes=["https"])(self.exit_url)
        except ValidationError:
            words = "Type a web address that begins with https://."
            raise ValidationError({"exit_url": words}) from None

    @classmethod
    def of_settings(cls):
        """Return what the settings say, for a database in which nobody has said anything."""
        return cls(
            organisation=settings.SITE_OWNER,
            contact=settings.SITE_CONTACT,
            exit_url=settings.EXIT_URL,
            reason="The settings of the machine.",
        )

    @property
    def words(self):
        """What the digest is made of."""
        found = {name: getattr(self, name) for name in (*SAID, "reason", "alone")}
        found |= {"by": self.asked_by_id, "agreed by": self.agreed_by_id}
        return found | {"agreed": plain(self.agreed_at)}

    @property
    def said(self):
        return {name: getattr(self, name) for name in SAID}

    def new_in(self, before):
        """Return the names of what differs from another, in the order of the form."""
        return [name for name in SAID if getattr(self, name) != getattr(before, name)]

    @classmethod
    @transaction.atomic
    def take_off(cls, user, reason):
        """Take off what readers act on, at once; the exit leads where it does by itself."""
        now = cls.objects.in_force()
        cls.objects.waiting().update(dropped_at=timezone.now())
        off = cls(
            organisation=now.organisation,
            data_controller=now.data_controller,
            exit_url=settings.EXIT_URL,
            reason=reason,
            alone=True,
            asked_by=user,
        )
        off.agree(user)
        return off
