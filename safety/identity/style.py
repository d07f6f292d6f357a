"""The style sheet that pages load: the site's own, or one with the colours of the look in it."""

import gzip
import re
from functools import cache

import brotli
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.templatetags.static import static

from . import colours, marks


def address(look):
    """Return the address of the style sheet of a Look."""
    return settings.MEDIA_URL + kept(look) if look.colours else static(colours.SHEET)


def kept(look):
    """Return the name of a look's style sheet among the uploads, where it is put if it is not."""
    content = sheet(tuple(sorted(look.colours.items())))
    name = marks.store(content, "css")
    # A whole sheet is ten times as long as what is sent of it.
    for ending, pressed in (("br", brotli.compress), ("gz", gzip.compress)):
        if not default_storage.exists(f"{name}.{ending}"):
            default_storage.save(f"{name}.{ending}", ContentFile(pressed(content)))
    return name


@cache
def sheet(own):
    """Return the style sheet as bytes, with the colours of ((field, colour), …) in it."""
    text = re.sub(r"\.\./(img/[^\"')]+)", lambda found: static(found[1]), colours.sheet())
    for before, after in zip(colours.built_in(), colours.palettes(dict(own)), strict=True):
        for name in (*colours.TOKENS, "link"):
            token = "accent" if name == "link" else name
            text = text.replace(f"--{name}: {before[token]};", f"--{name}:  {after[token]};")
    return text.replace(":  #", ": #").encode()
