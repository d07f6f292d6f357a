from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

import publishing
from publishing import signatures
from safety.fields import account

from .. import colours, lasting, marks
from . import printed
from .printed import plain

COLOUR = RegexValidator(
    r"^#[0-9a-f]{6}$", "Colour: type # and six of the signs 0 to 9 and a to f, such as #0b5351."
)
FILE = 40


def colour(words, help_text=""):
    return models.CharField(
        words, max_length=7, blank=True, validators=[COLOUR], help_text=help_text
    )


class LookQuerySet(models.QuerySet):
    def in_force(self):
        """Return the newest that is as an editor made it, or one that has the site's own look."""
        if lost := printed.lost(Look, "made_at"):
            return lost
        return next((look for look in self if look.is_right), None) or Look()


class Look(models.Model):
    """The site's name, its colours, its mark and its beta notice, as an editor made them once.

    Each change is a row of its own and the newest is in force, so one can go back. An empty
    colour is the one of the site's own style sheet.
    """

    name = models.CharField(
        "name of the site", max_length=40, default=settings.SITE_NAME, help_text="On every page."
    )
    accent = colour("accent", "Links, buttons and the mark, on light paper. Empty: as it comes.")
    accent_dark = colour("accent, in the dark", "The same where a reader has dark colours.")
    paper = colour("paper", "Behind the words.")
    paper_dark = colour("paper, in the dark")
    tint = colour("tint", "Behind what stands out a little.")
    tint_dark = colour("tint, in the dark")
    mark = models.CharField(max_length=FILE, blank=True, editable=False)
    icon = models.CharField(max_length=FILE, blank=True, editable=False)
    picture = models.CharField(max_length=FILE, blank=True, editable=False)
    beta = models.BooleanField("say that the site is a beta", default=True)
    beta_words = models.CharField(
        "words of the beta notice",
        max_length=300,
        blank=True,
        help_text="Empty: as they come. A link to the feedback page follows.",
    )
    made_by = account(blank=True, editable=False)
    made_at = models.DateTimeField("made", default=timezone.now, editable=False)
    digest = models.CharField(max_length=64, blank=True, editable=False)

    objects = LookQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        default_permissions = ["add", "view"]
        verbose_name = "name and colours"
        verbose_name_plural = "name and colours"
        constraints = [
            models.CheckConstraint(
                condition=~Q(name=""),
                name="look_has_a_name",
                violation_error_message="Name of the site: fill it in.",
            ),
        ]

    def __str__(self):
        return self.name

    def clean(self):
        lasting.refuse_contacts(self, "name", "beta_words")
        for name in colours.FIELDS:
            setattr(self, name, getattr(self, name).lower())
        own = self.colours
        readable = all(COLOUR.regex.match(value) for value in own.values())
        if own and readable and (problems := colours.problems(own)):
            raise ValidationError(problems)

    @property
    def colours(self):
        """What differs from the site's own style sheet: field -> colour."""
        found = {name: getattr(self, name) for name in colours.FIELDS}
        return {name: value for name, value in found.items() if value}

    @property
    def words(self):
        """What its digest is made of."""
        fields = [f for f in self._meta.concrete_fields if f.name not in ("id", "digest")]
        return {field.attname: plain(getattr(self, field.attname)) for field in fields}

    @property
    def said(self):
        """What any page may show of it: not who made it, and when."""
        return {name: said for name, said in self.words.items() if not name.startswith("made_")}

    @property
    def is_right(self):
        return signatures.is_signed(self.words, self.digest)

    def dress(self, mark=None):
        """Draw what goes with the colours; `mark` is a PNG's bytes, as marks.read() returned."""
        if mark:
            self.mark = self.icon = marks.store(mark)
        own = colours.palettes(self.colours)[0]
        if self.colours and not self.mark:
            self.icon = marks.store(marks.leaf(own["accent"]))
        self.picture = ""
        if self.colours or self.mark:
            self.picture = marks.store(marks.share(own["paper"], own["accent"], mark or self.mark))

    @transaction.atomic
    def put_in_force(self, user=None):
        """Make this the look of the site. Raises ValidationError with sentences."""
        self.pk, self.made_by, self.made_at = None, user, timezone.now()
        self.digest = signatures.sign(self.words)
        self.full_clean()
        self.save(force_insert=True)
        publishing.changed()
