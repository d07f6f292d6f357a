"""The kinds of block that a page is made of, in the order in which editors choose them."""

import re
from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import mark_safe

from awareness import images, prose, references
from awareness.block_forms import HelplinesForm, ImageForm
from signposting import references as register

from .block import Block

PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)


def heading_field(help_text="Leave it empty for no heading.", blank=True):
    return models.CharField(
        max_length=120, blank=blank, validators=[prose.plain_words], help_text=help_text
    )


class Text(Block):
    icon = "notes"

    html = prose.ProseField(
        "text",
        extensions=prose.PROSE,
        validators=[references.known],
        help_text="For a number write its name in the register, such as [[crimestoppers]].",
    )

    class Meta(Block.Meta):
        verbose_name_plural = "text"


class Callout(Block):
    icon = "info"

    class Level(models.TextChoices):
        INFORMATION = "information", "Information"
        WARNING = "warning", "Warning"

    level = models.CharField(max_length=11, choices=Level, default=Level.INFORMATION)
    heading = heading_field()
    html = prose.ProseField("text", extensions=prose.CALLOUT, validators=[references.known])

    class Meta(Block.Meta):
        verbose_name = "call-out"


class Steps(Block):
    icon = "format_list_numbered"

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

    @classmethod
    def context(cls, words):
        checked = words["checked_on"]
        return {
            "steps": [mark_safe(step) for step in PARAGRAPH.findall(words["steps"])],  # noqa: S308
            "checked_on": checked and date_format(date.fromisoformat(checked), "j F Y"),
        }

    @classmethod
    def from_toml(cls, words):
        return words | {"steps": "".join(f"<p>{step}</p>" for step in words["steps"])}


class Signs(Block):
    icon = "checklist"

    heading = heading_field("The group of signs, such as Online.")
    signs = models.TextField(
        validators=[prose.not_too_long, prose.plain_words],
        help_text="One sign a line, in the reader's words.",
    )

    class Meta(Block.Meta):
        verbose_name = "signs"
        verbose_name_plural = "signs"

    @classmethod
    def context(cls, words):
        return {"signs": [line.strip() for line in words["signs"].splitlines() if line.strip()]}

    @classmethod
    def from_toml(cls, words):
        return words | {"signs": "\n".join(words["signs"])}


class Helplines(Block):
    icon = "call"
    form = HelplinesForm

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

    @classmethod
    def cards(cls, words):
        return words["services"]

    @classmethod
    def from_toml(cls, words):
        # A number such as 101 stands for the service of the register that answers it.
        shown = register.helplines(words["services"], timezone.now())
        return words | {"services": [each.service.slug for each in shown.values()]}


class Quotation(Block):
    icon = "format_quote"

    class Permission(models.TextChoices):
        TO_CONFIRM = "to confirm", "To confirm: nobody has asked yet"
        CONFIRMED = "confirmed", "Confirmed: the person agreed to these words here"

    text = models.TextField(
        validators=[prose.not_too_long, prose.plain_words],
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

    @classmethod
    def context(cls, words):
        paragraphs = re.split(r"\n\s*\n", words["text"].replace("\r", ""))
        return {"paragraphs": [lines.strip() for lines in paragraphs if lines.strip()]}


class Image(Block):
    icon = "image"
    form = ImageForm

    # Set from an upload by awareness.images: [{"file", "width", "height"}], small first. One
    # that has a smaller file of the same beside it names that too: "webp".
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

    @classmethod
    def context(cls, words):
        sizes = [size | {"url": settings.MEDIA_URL + size["file"]} for size in words["sizes"]]
        beside = [
            (settings.MEDIA_URL + size["webp"], size["width"]) for size in sizes if "webp" in size
        ]
        return {
            "sizes": sizes,
            "largest": sizes[-1] if sizes else None,
            # A browser takes the sizes of one source alone: all of them, or none.
            "webp": beside if len(beside) == len(sizes) else [],
        }

    @classmethod
    def files(cls, words):
        return images.files(words["sizes"])
