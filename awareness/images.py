"""Pictures that staff upload: looked at, made anew in two sizes, named by their own hash.

What was uploaded is never kept: a picture drawn again carries no place, no camera and
nothing hidden. Rules: reference/security-and-reliability.md section 4, T14.
"""

import hashlib
import warnings
from io import BytesIO
from typing import NamedTuple

from django.core import signing
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image, ImageOps, UnidentifiedImageError

MOST_BYTES = 5 * 1024 * 1024
MOST_PIXELS = 25_000_000
TOO_MANY_PIXELS = "This picture has more than 25 million dots. Make it smaller first."
SALT = "awareness.images"
WIDTHS = (640, 1280)  # a phone, a desktop
ENDINGS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp"}
OPTIONS = {
    "JPEG": {"quality": 82, "optimize": True, "progressive": True},
    "PNG": {"optimize": True},
    "WEBP": {"quality": 82},
}


class Drawn(NamedTuple):
    """A picture in one size; `webp` is a smaller file of the same, b"" if there is none."""

    content: bytes
    ending: str
    width: int
    height: int
    webp: bytes = b""


def drawn(upload):
    """Return a file's picture as Drawn in each size, the smallest first.

    Raises ValidationError with a sentence for the editor.
    """
    if upload.size > MOST_BYTES:
        raise ValidationError("This file is larger than 5 MB. Make the picture smaller first.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(upload, formats=tuple(ENDINGS))
            if picture.width * picture.height > MOST_PIXELS:
                raise ValidationError(TOO_MANY_PIXELS)
            kind = picture.format
            picture = ImageOps.exif_transpose(picture)
            clear = kind != "JPEG" and picture.has_transparency_data
            picture = picture.convert("RGBA" if clear else "RGB")
    except ValidationError:
        raise
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise ValidationError(TOO_MANY_PIXELS) from error
    except UnidentifiedImageError as error:
        raise ValidationError("This is not a JPEG, PNG or WebP picture.") from error
    except Exception as error:  # a broken file makes the decoders raise almost anything
        raise ValidationError(
            "This picture is damaged. Save it again and try once more."
        ) from error
    widths = sorted({min(width, picture.width) for width in WIDTHS})
    return [draw(picture, width, kind) for width in widths]


def draw(picture, width, kind):
    height = max(1, round(picture.height * width / picture.width))
    plain = Image.new(picture.mode, (width, height))
    plain.paste(picture.resize((width, height), Image.Resampling.LANCZOS))
    content = saved(plain, kind)
    # Every phone of the last five years takes WebP; for the others JPEG stands beside it.
    webp = saved(plain, "WEBP") if kind == "JPEG" else b""
    beside = webp if len(webp) < len(content) else b""
    return Drawn(content, ENDINGS[kind], width, height, beside)


def saved(picture, kind):
    out = BytesIO()
    picture.save(out, kind, **OPTIONS[kind])
    return out.getvalue()


def store(pictures):
    """Keep what `drawn` returned; return it as an image block's `sizes`."""
    sizes = []
    for content, ending, width, height, webp in pictures:
        size = {"file": keep(content, ending), "width": width, "height": height}
        sizes.append(size | ({"webp": keep(webp, "webp")} if webp else {}))
    return sizes


def keep(content, ending):
    """Keep a file under its hash. Return its name."""
    name = f"{hashlib.sha256(content).hexdigest()[:32]}.{ending}"
    if not default_storage.exists(name):
        default_storage.save(name, ContentFile(content))
    return name


def files(sizes):
    """Return the names of all files of an image block's `sizes`."""
    return [size[kind] for size in sizes for kind in ("file", "webp") if kind in size]


def is_moving(upload):
    """Return whether a file that `drawn` took is a moving picture, of which it kept the first."""
    upload.seek(0)
    return getattr(Image.open(upload, formats=tuple(ENDINGS)), "is_animated", False)


def to_token(sizes):
    """Return an image block's `sizes` as a word that a form can carry and nobody can make up."""
    return signing.dumps(sizes, salt=SALT)


def from_token(token):
    """Return the `sizes` that a token stands for. Raises ValidationError if they are not here."""
    try:
        sizes = signing.loads(token, salt=SALT)
    except signing.BadSignature as error:
        raise ValidationError("Choose the picture again.") from error
    if not all(map(default_storage.exists, files(sizes))):
        raise ValidationError("This picture is no longer here. Choose it again.")
    return sizes
