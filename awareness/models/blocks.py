"""The blocks that a page is made of. Each says how it is frozen into a release."""

from datetime import date
from html import unescape

from content_editor.models import create_plugin_base
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.html import strip_tags
from django.utils.text import Truncator

from awareness import prose, references

from .pages import Page

# Where a block's first words are, whatever its type.
FIRST = ("heading", "html", "text", "steps", "signs", "alt")


class Block(create_plugin_base(Page)):
    """A part of a page. `type` is its name in a release and in the launch content."""

    type = ""

    class Meta:
        abstract = True
        ordering = ["ordering"]

    def __str__(self):
        """Return the first words, by which staff tell blocks apart."""
        found = filter(None, (getattr(self, name, "") for name in FIRST))
        words = strip_tags(next(found, "").replace("<", " <"))
        return Truncator(unescape(" ".join(words.split()))).words(8)

    @classmethod
    def own_fields(cls):
        """Return the fields that are the block's own words, not its place on the page."""
        places = ("id", "parent", "region", "ordering")
        return [field for field in cls._meta.fields if field.name not in places]

    def to_json(self):
        """Return the block as JSON can hold it, its rich text sanitised once more."""
        words = {"type": self.type}
        for field in self.own_fields():
            value = getattr(self, field.name)
            if isinstance(field, prose.ProseField):
                value = field.sanitize(value)
            elif isinstance(value, date):
                value = value.isoformat()
            words[field.name] = value
        return words

    @classmethod
    def from_json(cls, words, page, ordering):
        """Return an unsaved block for `page` from what `to_json` made."""
        # A release that is older than a field has no value for it.
        fields = [field for field in cls.own_fields() if field.name in words]
        values = {field.name: field.to_python(words[field.name]) for field in fields}
        return cls(parent=page, region="main", ordering=ordering, **values)


def heading_field(help_text="Leave it empty for no heading.", blank=True):
    return models.CharField(
        max_length=120, blank=blank, validators=[prose.plain_words], help_text=help_text
    )


class Text(Block):
    type = "text"

    html = prose.ProseField(
        "text",
        extensions=prose.PROSE,
        validators=[references.known],
        help_text="For a number write its name in the register, such as [[crimestoppers]].",
    )

    class Meta(Block.Meta):
        verbose_name_plural = "text"


class Quotation(Block):
    type = "quotation"

    class Permission(models.TextChoices):
        TO_CONFIRM = "to confirm", "To confirm: nobody has asked yet"
        CONFIRMED = "confirmed", "Confirmed: the person agreed to these words here"

    text = models.TextField(
        validators=[prose.plain_words],
        help_text="Word for word, without quotation marks. Leave an empty line between paragraphs.",
    )
    name = models.CharField(max_length=90, validators=[prose.plain_words])
    role = models.CharField(max_length=120, blank=True, validators=[prose.plain_words])
    said_on = models.CharField(
        "when it was said",
        max_length=40,
        blank=True,
        validators=[prose.plain_words],
        help_text='In words, such as "April 2024".',
    )
    permission = models.CharField(
        max_length=10,
        choices=Permission,
        default=Permission.TO_CONFIRM,
        help_text="For staff only. Readers do not see it.",
    )


class Callout(Block):
    type = "callout"

    class Level(models.TextChoices):
        INFORMATION = "information", "Information"
        WARNING = "warning", "Warning"

    level = models.CharField(max_length=11, choices=Level, default=Level.INFORMATION)
    heading = heading_field()
    html = prose.ProseField("text", extensions=prose.CALLOUT, validators=[references.known])

    class Meta(Block.Meta):
        verbose_name = "call-out"


class Steps(Block):
    type = "steps"

    heading = heading_field()
    steps = prose.ProseField(
        extensions=prose.LINE,
        validators=[references.known],
        help_text="One paragraph a step. The numbers come by themselves.",
    )
    browser = models.SlugField(
        blank=True,
        help_text="On the safer-browsing page only: the browser that these steps are for, such as "
        "chrome-android. The steps are then folded under their heading.",
    )
    checked_on = models.DateField(
        null=True, blank=True, help_text="When somebody last tried these steps."
    )
    checked_how = models.CharField(
        max_length=120,
        blank=True,
        validators=[prose.plain_words],
        help_text='Such as "on an iPhone with iOS 26".',
    )

    class Meta(Block.Meta):
        verbose_name = "steps"
        verbose_name_plural = "steps"
        constraints = [
            models.CheckConstraint(
                name="awareness_steps_heading",
                condition=Q(browser="") | ~Q(heading=""),
                violation_error_message="Steps for one browser need a heading that names it.",
            )
        ]


class Image(Block):
    type = "image"

    # Set from an upload by awareness.images: [{"file", "width", "height"}], small first.
    sizes = models.JSONField(default=list, editable=False)
    alt = models.CharField(
        "what it shows",
        max_length=250,
        blank=True,
        validators=[prose.plain_words],
        help_text="For people who cannot see it: what does it tell the reader?",
    )
    decorative = models.BooleanField(
        default=False, help_text="Tick if it tells the reader nothing that the words do not."
    )

    class Meta(Block.Meta):
        constraints = [
            models.CheckConstraint(
                name="awareness_image_alt",
                condition=Q(decorative=True, alt="") | Q(decorative=False) & ~Q(alt=""),
                violation_error_message="Either say what the image shows, or tick that it is "
                "decorative. Not both.",
            )
        ]


class Helplines(Block):
    type = "helplines"

    # The services stand under it, one heading each.
    heading = heading_field("Such as Talk to someone.", blank=False)
    services = models.JSONField(default=list)

    class Meta(Block.Meta):
        verbose_name = "helplines"
        verbose_name_plural = "helplines"

    def clean(self):
        for slug in self.services:
            references.known(f"[[{slug}]]")
        if not self.services:
            raise ValidationError({"services": "Choose at least one service."})


class Signs(Block):
    type = "signs"

    heading = heading_field("The group of signs, such as Online.")
    signs = models.TextField(
        validators=[prose.plain_words], help_text="One sign a line, in the reader's words."
    )

    class Meta(Block.Meta):
        verbose_name = "signs"
        verbose_name_plural = "signs"


BLOCKS = {model.type: model for model in (Text, Quotation, Callout, Steps, Image, Helplines, Signs)}
