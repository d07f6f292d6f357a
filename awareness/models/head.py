from functools import lru_cache

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from awareness.prose import TidyModel, plain_words
from signposting.opening_hours.typed_moments import LAST_YEAR

from .kinds import Kind


class Head(TidyModel):
    """What a page says of itself, apart from its blocks: the same for a page and its release."""

    kind = models.CharField(max_length=10, choices=Kind)
    slug = models.SlugField(
        "address",
        max_length=60,
        help_text="The last part of the page's address, such as staying-safe. Keep it neutral: "
        "it stays in the history of a reader's phone. If you change it later, the old one leads here.",
    )
    title = models.CharField(max_length=90, validators=[plain_words])
    summary = models.TextField(
        max_length=300,
        validators=[plain_words],
        help_text="One or two sentences. Lists of pages and search engines show them.",
    )
    first_day = models.DateField(null=True, blank=True, help_text="Campaigns only.")
    last_day = models.DateField(null=True, blank=True, help_text="Campaigns only.")
    theme = models.CharField(
        max_length=120, blank=True, validators=[plain_words], help_text="Campaigns only."
    )
    menu = models.BooleanField(
        "listed with the advice pages",
        default=True,
        help_text="Untick it for a page that people who are being stalked should not meet.",
    )
    position = models.PositiveSmallIntegerField(
        default=50, help_text="Pages with a lower number are listed first."
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_days",
                condition=Q(kind="campaign", first_day__isnull=False, last_day__gte=F("first_day"))
                | ~Q(kind="campaign") & Q(first_day=None, last_day=None, theme=""),
                violation_error_message="A campaign needs a first day and a last day that is not "
                "before it. Other pages have no days and no theme.",
            ),
        ]

    def clean(self):
        super().clean()
        for name in ("first_day", "last_day"):
            day = getattr(self, name)
            # A day after the last that a calendar has would end every print.
            if day and day.year >= LAST_YEAR:
                raise ValidationError({name: f"Choose a year before {LAST_YEAR}."})

    def __str__(self):
        return self.title

    @property
    def place(self):
        """What tells a page's address from any other."""
        return self.kind, self.slug

    def get_absolute_url(self):
        return address_of(self.kind, self.slug)

    def has_begun(self, moment):
        """Return whether a campaign's first day in the United Kingdom has come."""
        return self.first_day <= timezone.localdate(moment)

    def is_over(self, moment):
        """Return whether a campaign's last day in the United Kingdom has passed."""
        return self.last_day < timezone.localdate(moment)


# A print asks for the address of every page a few times, and a URL pattern is slow to reverse.
@lru_cache(maxsize=20_000)
def address_of(kind, slug):
    """Return the path of the page of a kind and a slug."""
    if Kind(kind).place.slugs:
        return reverse(f"awareness:{slug}")
    return reverse(f"awareness:{kind}", args=[slug])


HEAD = tuple(field.name for field in Head._meta.fields)
