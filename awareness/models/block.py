"""What every kind of block is. A kind is one class, its template and its migration."""

from datetime import date
from html import unescape

from content_editor.models import PluginBase
from django.db import models
from django.utils.html import strip_tags
from django.utils.text import Truncator

from awareness import prose
from signposting import references as register


class Block(prose.TidyModel, PluginBase):
    """A part of a page. Its subclasses are the kinds of block, registered as they are defined.

    A kind says its `icon`, a name of Material Icons, and where it needs to, the `form` of the
    newsroom and what readers' pages take from it: `context`, `cards`, `files`. Readers see
    it by the template `awareness/blocks/<type>.html`; `type`, its class's name in lower case,
    is its name in a release and in the launch content.
    """

    kinds: dict[str, type["Block"]] = {}
    type = ""
    icon = ""
    form = None

    parent = models.ForeignKey(
        "awareness.Page",
        related_name="%(app_label)s_%(class)s_set",
        on_delete=models.CASCADE,
    )
    region = models.CharField(max_length=255)
    ordering = models.IntegerField(default=0)

    class Meta:
        abstract = True
        ordering = ["ordering"]

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        if not cls.icon:
            raise TypeError(f"{cls.__name__} needs an icon: the name of a Material Icon.")
        cls.type = cls.__name__.lower()
        Block.kinds[cls.type] = cls

    def __str__(self):
        """Return the first words, by which staff tell blocks apart."""
        written = (
            getattr(self, field.name)
            for field in self.own_fields()
            if isinstance(field, models.CharField | models.TextField) and not field.choices
        )
        words = strip_tags(next(filter(None, written), "").replace("<", " <"))
        return Truncator(unescape(" ".join(words.split()))).words(8)

    @classmethod
    def own_fields(cls):
        """Return the fields that are the block's own words, not its place on the page."""
        places = ("id", "parent", "region", "ordering")
        return [field for field in cls._meta.fields if field.name not in places]

    @classmethod
    def rich(cls):
        """Return the names of the fields that hold rich text."""
        return [field.name for field in cls.own_fields() if isinstance(field, prose.ProseField)]

    @classmethod
    def context(cls, words):
        """Return what the template needs beside the words of a frozen block."""
        return {}

    @classmethod
    def cards(cls, words):
        """Return the slugs of the services of which a frozen block shows a card."""
        return []

    @classmethod
    def files(cls, words):
        """Return the uploaded files that a frozen block shows."""
        return []

    @classmethod
    def referred_to(cls, words):
        """Return the slugs of all services that a frozen block shows or writes of."""
        found = [register.slugs(words.get(name, "")) for name in cls.rich()]
        return set(cls.cards(words)).union(*found)

    @classmethod
    def from_toml(cls, words):
        """Return the words of a block of the launch content as its fields hold them."""
        return words

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
