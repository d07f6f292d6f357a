"""Pictures of the site itself: its mark, its icon, and the neutral picture of a shared address."""

import hashlib
import warnings
from io import BytesIO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image, ImageDraw

MOST_BYTES = 1024 * 1024
MOST_PIXELS = 4_000_000
SIZE = 96
SHARED = (1200, 630)


def read(upload):
    """Return a PNG drawn anew from an uploaded one, 96 by 96. Raises ValidationError."""
    if upload.size > MOST_BYTES:
        raise ValidationError("Mark: this file is larger than 1 MB. Make it smaller first.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(upload, formats=("PNG",))
            if picture.width * picture.height > MOST_PIXELS:
                raise ValidationError("Mark: it has more than 4 million dots. Make it smaller.")
            picture = picture.convert("RGBA")
    except ValidationError:
        raise
    except Exception as error:  # a broken file makes the decoder raise almost anything
        raise ValidationError("Mark: this is not a PNG picture, or it is damaged.") from error
    picture.thumbnail((SIZE, SIZE), Image.Resampling.LANCZOS)
    plain = Image.new("RGBA", (SIZE, SIZE))
    plain.paste(picture, ((SIZE - picture.width) // 2, (SIZE - picture.height) // 2))
    return written(plain)


def leaf(colour, size=SIZE):
    """Return the plain mark in a colour: a round with one corner, as the style sheet draws it."""
    large = size * 4
    picture = Image.new("RGBA", (large, large))
    draw = ImageDraw.Draw(picture)
    draw.ellipse((0, 0, large - 1, large - 1), fill=colour)
    draw.rectangle((0, large // 2, large // 2, large - 1), fill=colour)
    return written(picture.resize((size, size), Image.Resampling.LANCZOS))


def share(paper, accent, mark=""):
    """Return the picture of a shared address: the mark alone. `mark` is bytes or a stored name."""
    if not mark:
        mark = leaf(accent, 260)
    elif isinstance(mark, str):
        with default_storage.open(mark) as file:
            mark = file.read()
    drawn = Image.open(BytesIO(mark)).convert("RGBA")
    drawn = drawn.resize((260, 260), Image.Resampling.LANCZOS)
    picture = Image.new("RGB", SHARED, paper)
    picture.paste(drawn, ((SHARED[0] - 260) // 2, (SHARED[1] - 260) // 2), drawn)
    return written(picture)


def written(picture):
    out = BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()


def store(content, ending="png"):
    """Keep a file under its own hash, among the uploads. Return its name."""
    name = f"{hashlib.sha256(content).hexdigest()[:32]}.{ending}"
    if not default_storage.exists(name):
        default_storage.save(name, ContentFile(content))
    return name
