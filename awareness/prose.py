"""An editor's rich text: what it may hold, and what is refused with a sentence."""

import re
import unicodedata
from html import unescape

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.html import strip_tags
from django_prose_editor.fields import ProseEditorField

from publishing.gate import links
from publishing.gate.invisible import JOINER, is_needed, without_needed

LINK = {"enableTarget": False, "protocols": ["https", "http", "mailto"]}
# Each list of extensions names what the editor offers and what nh3 lets through.
LINE = {"Bold": True, "Link": LINK}
PROSE = {
    **LINE,
    "Heading": {"levels": [2, 3]},
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
}
CALLOUT = {**LINE, "BulletList": True, "ListItem": True}

# Of no use to a reader, and no harm once they are gone: soft hyphens, places to break a word,
# marks of direction. Joiners too, but for those that a script needs.
HARMLESS = re.compile("[\u00ad\u034f\u061c\u200b\u200e\u200f\u2060\ufeff]")
# What turns text round, or has no business in a page: it can make a number read otherwise.
HIDDEN = re.compile(
    "[\u200c\u200d\u202a-\u202e\u2061-\u2064\u2066-\u206f]"
    "|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]"
)
# Characters of a block, markup among them: more is no page for a phone. The longest block of
# the launch content has about a quarter of it.
MOST = 20_000
# What marks a place of a page for the front door to fill; no editor needs a comment.
COMMENT = "<!--"
HREF = re.compile(r"""<a\b[^>]*?\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]*))""", re.IGNORECASE)
# In no address; and what names a service in a text has no place in one.
ODD = re.compile(f"{links.ODD.pattern}|\\[\\[")


def tidy(text):
    """Return a text without the invisible characters that nobody misses."""
    text = HARMLESS.sub("", text)
    return JOINER.sub(lambda match: match[0] * is_needed(text, match.start()), text)


def plain_words(text):
    """Refuse characters that a reader cannot see, but for those that a script needs.

    Raises ValidationError, which names the character and the words round it.
    """
    if COMMENT in text:
        raise ValidationError("“<!--” cannot stand in a page. Take it out.")
    found = HIDDEN.search(without_needed(text))
    if found is None:
        return
    text, (start, end) = without_needed(text), found.span()
    name = unicodedata.name(found[0], f"character {ord(found[0])}").lower()
    before, after = (" ".join(strip_tags(part).split()) for part in (text[:start], text[end:]))
    raise ValidationError(
        f"There is an invisible character ({name}) between “{before[-20:]}” and “{after[:20]}”. "
        "Delete the letters beside it and type them again."
    )


def not_too_long(text):
    """Refuse what is longer than a block may be, with both lengths."""
    if len(text) > MOST:
        raise ValidationError(
            f"This text has {len(text):,} characters. A block has {MOST:,} at most. Move some of "
            "it to another block, or to another page."
        )


BLOCK = re.compile(r"<(p|li|h2|h3|summary)>((?:(?!<(?:p|li|ul|ol|h2|h3|summary)>).)*)", re.DOTALL)


def mark_direction(html):
    """Return HTML whose paragraphs, items and headings of a right-to-left script say so."""
    if html.isascii():
        return html
    return BLOCK.sub(
        lambda match: f'<{match[1]} dir="rtl">{match[2]}' if is_rtl(match[2]) else match[0], html
    )


def is_rtl(html):
    """Return whether the first letter of some HTML that has a direction goes to the left."""
    for character in unescape(strip_tags(html)):
        direction = unicodedata.bidirectional(character)
        if direction in ("L", "R", "AL"):
            return direction != "L"
    return False


class TidyModel(models.Model):
    """A model that leaves out of its words, before they are looked at, what nobody misses."""

    class Meta:
        abstract = True

    def clean_fields(self, exclude=None):
        for field in self._meta.fields:
            value = getattr(self, field.attname)
            if isinstance(field, models.CharField | models.TextField) and isinstance(value, str):
                setattr(self, field.attname, tidy(value))
        super().clean_fields(exclude)


def refuse_links(html):
    """Refuse links that could go wrong: calls, other machines' addresses, odd schemes."""
    for match in HREF.finditer(html):
        href = unescape(next(group for group in match.groups() if group is not None)).strip()
        if href.lower().startswith(("tel:", "sms:")):
            raise ValidationError(
                f"Do not type a link to a number ({href}). Write the service's name in the "
                "register instead, such as [[national-stalking-helpline]]: the number then stays "
                "right everywhere."
            )
        if href.startswith(("//", "\\", "/\\")):
            raise ValidationError(
                f"The link {href} has no https: in front. Write its whole address."
            )
        if odd := ODD.search(href):
            raise ValidationError(
                f"The link {href} has “{odd[0]}” in it. No address has: copy it once more from the "
                "page that it leads to."
            )
        scheme = re.match(r"[a-z][a-z0-9+.-]*:", href.lower())
        if scheme and scheme[0] not in ("https:", "http:", "mailto:"):
            raise ValidationError(
                f"The link {href} does not open a page. Use an address that begins with https://"
            )


class ProseField(ProseEditorField):
    """Rich text that is checked when it is typed and sanitised whenever it is saved."""

    def __init__(self, *args, extensions, **kwargs):
        validators = [not_too_long, plain_words, refuse_links, *kwargs.pop("validators", [])]
        super().__init__(
            *args, extensions=extensions, sanitize=True, validators=validators, **kwargs
        )

    def clone(self):
        # For the state of migrations, where it is the plain column that it makes.
        _name, _path, args, kwargs = self.deconstruct()
        return models.TextField(*args, **kwargs)

    def clean(self, value, instance):
        # Once more after it is sanitised: an entity may have stood for a character.
        value = tidy(super().clean(value, instance))
        plain_words(value)
        return value

    def pre_save(self, instance, add):
        # clean() runs only for forms: what a command or a script creates is sanitised here.
        value = self.sanitize(super().pre_save(instance, add) or "")
        setattr(instance, self.attname, value)
        return value
