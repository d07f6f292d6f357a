"""What a password may not be, beside too short: easy to guess though it is long.

There are no rules of composition. Source: OWASP ASVS 5, section 6.2.
"""

import re
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

from ..identity import in_force

# What remains of a password when all that is easy to guess is taken out must be this long.
REMAINS = 8
ROWS = ("abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm")
LONGEST = 4096
STAFF_WORDS = ("newsroom", "password", "stalking", "awareness", "police", "editor", "keeper")


def collapsed(text):
    """Return `text` with each run (aaaa, 1234, qwerty, either way round) as its first letter."""
    pairs = zip(text, text[1:], strict=False)
    return text[:1] + "".join(after for before, after in pairs if not runs_on(before, after))


def runs_on(before, after):
    return before == after or any(before + after in row or after + before in row for row in ROWS)


def unrepeated(text):
    """Return the shortest piece that, said again and again, makes `text`."""
    found = re.fullmatch(r"(.+?)\1+(.*)", text, re.DOTALL)
    if found and found[1].startswith(found[2]):
        return found[1]
    return text


def own_names():
    """Return the words that anybody would try first on this site, in lower case."""
    host = urlsplit(settings.SITE_URL).hostname or ""
    said = f"{in_force.look().name} {in_force.owner().organisation} {host}".lower()
    words = {host, *(word for word in re.findall(r"\w+", said) if len(word) > 3)} - {""}
    return sorted({*words, *STAFF_WORDS}, key=len, reverse=True)


class Guessable:
    """Refuses repeats, sequences, common passwords made longer, and the site's own names."""

    def __init__(self):
        self.common = CommonPasswordValidator().passwords

    def validate(self, password, user=None):
        if len(password) > LONGEST:
            raise ValidationError(f"That is too long. Use at most {LONGEST} characters.")
        text = password.lower()
        if len(collapsed(unrepeated(text))) < REMAINS:
            raise ValidationError(
                "That password repeats itself or runs along the keyboard, so it is easy to guess. "
                "Four words that have nothing to do with each other are good."
            )
        rest = text
        for name in own_names():
            rest = rest.replace(name, "")
        if rest != text and len(collapsed(unrepeated(rest))) < REMAINS:
            raise ValidationError(
                "That password is made of this site's own words, so it is easy to guess. "
                "Four words that have nothing to do with each other are good."
            )
        letters = re.sub(r"[\W\d_]+", "", text)
        others = collapsed(re.sub(r"[^\W\d_]+", "", text))
        if {letters, unrepeated(letters)} & self.common and len(others) < REMAINS:
            raise ValidationError(
                "That password is a common one made longer, so it is easy to guess. "
                "Four words that have nothing to do with each other are good."
            )

    def get_help_text(self):
        return (
            "Four words that have nothing to do with each other are good. You need no capitals, "
            "digits or signs. You can paste it, and a password manager can keep it."
        )
