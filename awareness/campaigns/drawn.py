"""The pictures of a campaign to share: its title, theme and days, drawn from its release."""

import hashlib
import json
import unicodedata
from functools import cache
from io import BytesIO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image, ImageDraw, ImageFont

from publishing.gate import digits

# Name -> (what it is for, width, height in dots).
SIZES = {
    "wide": ("A wide picture, for a link or a post", 1200, 630),
    "square": ("A square picture, for a post", 1080, 1080),
    "story": ("A tall picture, for a story", 1080, 1920),
}
# Raised when the same words are drawn in another way.
VERSION = 2
# The font that comes with Pillow has these as plain signs alone.
PLAIN = str.maketrans("‘’“”–—\N{NO-BREAK SPACE}", "''\"\"-- ")


def kept(size, words, colours):
    """Return the name among the uploads of the picture of some words, drawn if it is not there.

    `words` is (title, theme, days, address, made on), `colours` (paper, ink, accent) as #rrggbb.
    """
    said = json.dumps([VERSION, size, words, colours])
    name = f"{hashlib.sha256(said.encode()).hexdigest()[:32]}.png"
    if not default_storage.exists(name):
        default_storage.save(name, ContentFile(draw(size, words, colours)))
    return name


def draw(size, words, colours):
    """Return the PNG of some words in one of SIZES, as bytes."""
    _, width, height = SIZES[size]
    title, theme, days, address, made = (plain(each) for each in words)
    paper, ink, accent = colours
    picture = Image.new("RGB", (width, height), paper)
    pen = ImageDraw.Draw(picture)
    unit, left = min(width, height) / 100, round(min(width, height) * 0.08)
    pen.rectangle((0, 0, round(3 * unit), height), fill=accent)
    room = width - 2 * left
    below = [
        *block(address, 6 * unit, room, accent, bold=True),
        *block(made, 3.2 * unit, room, ink),
    ]
    top, bottom = round(height * 0.08), height - left - tall(below)
    scale, lines = 1.0, []
    while not lines or tall(lines) > bottom - top:
        lines = [
            *block(title, 11 * unit * scale, room, accent, bold=True),
            *(block(theme, 7 * unit * scale, room, ink) if theme else []),
            *block(days, 6 * unit * scale, room, ink),
        ]
        scale *= 0.9
    write(pen, lines, left, top)
    write(pen, below, left, bottom)
    out = BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()


def tall(lines):
    return sum(line[3] for line in lines)


def plain(words):
    """Return words in the signs that the font has; a letter without its accent where it has not.

    The gate reads what this returns: what falls away must not make a number of the rest.
    """
    words = words.translate(PLAIN)
    if words.isascii():
        return words
    # First as the gate reads them: of "7½" the stroke would fall away, and leave 712.
    apart = unicodedata.normalize("NFKD", digits.plain(words)).replace("⁄", "/")
    return "".join(sign for sign in apart if sign.isascii())


@cache
def font(size):
    return ImageFont.load_default(size)


def block(words, size, room, colour, bold=False):
    """Return (words, size, colour, height, bold) of each line of a text that fits the room.

    A long text is smaller: it stands on at most four lines.
    """
    size = round(size)
    lines = wrapped(words, font(size), room)
    while size > 12 and (len(lines) > 4 or widest(lines, size) > room):
        size = round(size * 0.9)
        lines = wrapped(words, font(size), room)
    last = len(lines) - 1
    return [
        (line, size, colour, round(size * (1.7 if number == last else 1.25)), bold)
        for number, line in enumerate(lines)
    ]


def widest(lines, size):
    return max(map(font(size).getlength, lines))


def wrapped(words, face, room):
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if face.getlength(longer) <= room or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def write(pen, lines, left, top):
    for words, size, colour, height, bold in lines:
        pen.text((left, top), words, colour, font(size), stroke_width=size // 40 if bold else 0)
        top += height
