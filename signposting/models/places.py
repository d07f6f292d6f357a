from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from safety.identity import lasting

# The answers to "Where do you live?", by their names in signposting.contact.
WHERE = ("here", "elsewhere", "outside", "unknown")
WHERE_PATTERN = rf"^(({'|'.join(WHERE)})( |$))*$"


class Area(models.Model):
    """Where people live whom a service is for. One of them may be the site's own: "here".

    It is a working copy, as a group is: readers have what two keepers agreed, a HeadingsRelease.
    """

    slug = models.SlugField("short name", max_length=30, unique=True)
    name = models.CharField("name", max_length=80, help_text="Such as Nottinghamshire.")
    position = models.PositiveSmallIntegerField("order", default=10)
    covers = models.CharField(
        "who lives there",
        max_length=60,
        blank=True,
        validators=[
            RegexValidator(WHERE_PATTERN, f"Who lives there: use only {', '.join(WHERE)}.")
        ],
        help_text="Whom of those who answer “Where do you live?” a service for this area takes "
        f"for certain: {', '.join(WHERE)}, with spaces.",
    )
    is_here = models.BooleanField("this is the site’s own area", default=False)
    answer = models.CharField(
        "as an answer",
        max_length=80,
        blank=True,
        help_text="For the site’s own area: what people answer who live there.",
    )
    in_words = models.CharField(
        "with “in” before it",
        max_length=80,
        blank=True,
        help_text="For the site’s own area: such as “in Nottinghamshire”.",
    )

    class Meta:
        ordering = ["position", "name"]
        default_permissions = ["add", "change", "view"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_here"],
                condition=Q(is_here=True),
                name="one_area_is_here",
                violation_error_message="Another area is the site’s own already.",
            ),
            models.CheckConstraint(
                condition=Q(is_here=False) | ~Q(answer="") & ~Q(in_words=""),
                name="own_area_has_its_words",
                violation_error_message="The site’s own area: fill in both ways to say it.",
            ),
            models.CheckConstraint(
                condition=~Q(name=""),
                name="area_has_a_name",
                violation_error_message="Name: fill it in.",
            ),
        ]

    def __str__(self):
        return self.name

    def clean(self):
        lasting.refuse_contacts(self, "name", "answer", "in_words")


class Need(models.Model):
    """A group of services by what they are for, and its place on the help page."""

    class Role(models.TextChoices):
        NONE = "", "A group like the others"
        FIRST = "first", "Its first service stands at the top of the help page"
        UNLISTED = "unlisted", "In no list and no menu: only pages that name it lead there"

    number = models.PositiveSmallIntegerField("number", primary_key=True)
    name = models.CharField("name", max_length=60, help_text="What its services are for.")
    heading = models.CharField(
        "heading on the help page", max_length=60, blank=True, help_text="Empty: the name."
    )
    anchor = models.SlugField(
        "place in the address",
        max_length=20,
        blank=True,
        help_text="Such as local, for /help/#local. Empty: it is not on the help page.",
    )
    position = models.PositiveSmallIntegerField("order on the help page", default=10)
    role = models.CharField("role", max_length=10, choices=Role, blank=True, default=Role.NONE)

    class Meta:
        ordering = ["position", "number"]
        default_permissions = ["add", "change", "view"]
        verbose_name = "group of the help page"
        verbose_name_plural = "groups of the help page"
        constraints = [
            models.UniqueConstraint(
                fields=["anchor"],
                condition=~Q(anchor=""),
                name="need_anchor_once",
                violation_error_message="Place in the address: another group has this one.",
            ),
            models.UniqueConstraint(
                fields=["role"],
                condition=Q(role="first"),
                name="one_need_is_first",
                violation_error_message="Role: another group stands at the top already.",
            ),
            models.CheckConstraint(
                condition=~Q(name=""),
                name="need_has_a_name",
                violation_error_message="Name: fill it in.",
            ),
        ]

    def __str__(self):
        return self.name

    def clean(self):
        lasting.refuse_contacts(self, "name", "heading")
