"""The three colours that a site may choose, and whether they can be read: WCAG 2.2, 1.4.3 and 1.4.11."""

import re
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders

SHEET = "css/site.css"
NEWSROOM = "css/colours.css"
TOKENS = ("accent", "paper", "tint")
FIELDS = (*TOKENS, *(f"{name}_dark" for name in TOKENS))

# Which colour stands on which, in what, and the contrast that it needs there.
PAIRS = [
    ("ink", "paper", "words", 4.5),
    ("ink-soft", "paper", "small words", 4.5),
    ("ink", "tint", "words", 4.5),
    ("ink-soft", "tint", "small words", 4.5),
    ("accent", "paper", "links", 4.5),
    ("accent", "surface", "links", 4.5),
    ("accent", "tint", "links", 4.5),
    ("on-accent", "accent", "words on buttons", 4.5),
    ("danger-ink", "paper", "words about danger", 4.5),
    ("control", "paper", "the edges of fields", 3),
    ("exit", "paper", "the way out", 3),
]
# What the newsroom shows beside these: links on rows and messages that stand out.
NEWSROOM_PAIRS = [
    ("accent", "warning-tint", "links on marked rows", 4.5),
    ("accent", "danger-tint", "links in what went wrong", 4.5),
    ("danger-ink", "tint", "what went wrong", 4.5),
]
# With colours forced by the device, all but what keeps its own follows the device: the mark
# does, on white and on black.
FORCED = [("accent", "#ffffff"), ("accent_dark", "#000000")]


@cache
def sheet(name=SHEET):
    """Return a style sheet of the site as it is written."""
    return Path(finders.find(name)).read_text(encoding="utf-8")


@cache
def built_in():
    """Return the palettes of the style sheet, light and dark: token -> colour."""
    light, dark = {}, {}
    for name, value in re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6});", sheet()):
        if name not in light:
            light[name] = whole(value)
        elif name not in dark:
            dark[name] = whole(value)
    return light, {**light, **dark}


def whole(value):
    """Return a colour with its six digits."""
    return value if len(value) == 7 else "#" + "".join(2 * digit for digit in value[1:])


def palettes(own):
    """Return the light and the dark palette with a site's own colours in them."""
    light, dark = (dict(each) for each in built_in())
    for name, value in own.items():
        palette = dark if name.endswith("_dark") else light
        palette[name.removesuffix("_dark")] = value
    return light, dark


def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    """Return the contrast of two colours, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def problems(own):
    """Return a sentence for each pair that cannot be read; it names both colours.

    `own` is field -> colour, of those that a site chose; each is # and six digits.
    """
    found = of_pairs(own, PAIRS)
    light, dark = palettes(own)
    for field, back in FORCED:
        palette = dark if field.endswith("_dark") else light
        front = ("accent", palette["accent"])
        found += refused(front, ("the page", back), "in forced colours, the mark", 3)
    return found


def of_pairs(own, pairs):
    found = []
    for where, palette in zip(("light", "dark"), palettes(own), strict=True):
        for front, back, what, least in pairs:
            found += refused(
                (front, palette[front]), (back, palette[back]), f"in {where} colours, {what}", least
            )
    return found


def for_newsroom(own):
    """Return the colours that the newsroom has: a site's own, or none where one cannot be read there."""
    return {} if of_pairs(own, NEWSROOM_PAIRS) else own


def refused(front, back, what, least):
    has = contrast(front[1], back[1])
    if has >= least:
        return []
    return [
        f"{front[0].capitalize()} {front[1]} on {back[0]} {back[1]} cannot be read well ({what}): "
        f"their contrast is {has:.2f} to 1, and it has to be {least} to 1. Make one of them "
        "darker or lighter."
    ]
