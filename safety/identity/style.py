"""The style sheets that pages load: as they come, or with the colours of the look in them."""

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
    return at(sheet, colours.SHEET, look.colours)


def newsroom(look):
    """Return the address of the newsroom's colours with a Look."""
    return at(newsroom_sheet, colours.NEWSROOM, colours.for_newsroom(look.colours))


def at(made, name, own):
    """Return the address of a sheet: `made` with colours of one's own, the file `name` without."""
    if not own:
        return static(name)
    return settings.MEDIA_URL + kept(made(tuple(sorted(own.items()))))


def kept(content):
    """Return the name of a style sheet among the uploads, where it is put if it is not."""
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


@cache
def newsroom_sheet(own):
    """Return the newsroom's colours as bytes, with those of ((field, colour), …) in them.

    The admin has names of its own for colours, so each is found by what it is.
    """
    mine = {}
    for before, after in zip(colours.built_in(), colours.palettes(dict(own)), strict=True):
        mine |= {before[token]: after[token] for token in colours.TOKENS}
    text = colours.sheet(colours.NEWSROOM)
    return re.sub(r"#[0-9a-f]{6}\b", lambda found: mine.get(found[0], found[0]), text).encode()
