"""An editor's rich text: what it may hold, and what is refused with a sentence."""

import re
from html import unescape

from django.core.exceptions import ValidationError
from django.db import models
from django_prose_editor.fields import ProseEditorField

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

# Marks that turn text round, and characters of no width: both can make a number or an
# address read otherwise than it is. Control characters have no business in a page.
HIDDEN = re.compile(
    "[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\u00ad]"
    "|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]"
)
# What marks a place of a page for the front door to fill; no editor needs a comment.
COMMENT = "<!--"
HREF = re.compile(r"""<a\b[^>]*?\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]*))""", re.IGNORECASE)


def plain_words(text):
    """Refuse characters that a reader cannot see. Raises ValidationError."""
    if HIDDEN.search(text):
        raise ValidationError(
            "There is an invisible character here, perhaps from pasting. "
            "Delete the words around it and type them again."
        )
    if COMMENT in text:
        raise ValidationError("“<!--” cannot stand in a page. Take it out.")


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
        scheme = re.match(r"[a-z][a-z0-9+.-]*:", href.lower())
        if scheme and scheme[0] not in ("https:", "http:", "mailto:"):
            raise ValidationError(
                f"The link {href} does not open a page. Use an address that begins with https://"
            )


class ProseField(ProseEditorField):
    """Rich text that is checked when it is typed and sanitised whenever it is saved."""

    def __init__(self, *args, extensions, **kwargs):
        validators = [plain_words, refuse_links, *kwargs.pop("validators", [])]
        super().__init__(
            *args, extensions=extensions, sanitize=True, validators=validators, **kwargs
        )

    def clone(self):
        # For the state of migrations, where it is the plain column that it makes.
        _name, _path, args, kwargs = self.deconstruct()
        return models.TextField(*args, **kwargs)

    def pre_save(self, instance, add):
        # clean() runs only for forms: what a command or a script creates is sanitised here.
        value = self.sanitize(super().pre_save(instance, add) or "")
        setattr(instance, self.attname, value)
        return value
