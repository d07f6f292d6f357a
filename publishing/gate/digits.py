"""Numbers as readers see them, however they are written."""

import re
import unicodedata

# Between the digits of one number: spaces of any kind, brackets, dots, dashes, slashes.
BETWEEN = r"[\s().\-‐-―/·]{0,3}"
# A number of the United Kingdom, short ones such as 0800 1111 and 116 123 included.
PHONE = re.compile(
    rf"(?<![\w])(?:\+\s?44{BETWEEN}(?:\(0\){BETWEEN})?|0044{BETWEEN}|0)\d(?:{BETWEEN}\d){{7,9}}(?!\w)"
    rf"|(?<![\w])0{BETWEEN}8{BETWEEN}0{BETWEEN}0(?:{BETWEEN}\d){{4}}(?!\w)"
    rf"|(?<![\w])(?:116|118){BETWEEN}\d{BETWEEN}\d{BETWEEN}\d(?!\w)"
)
# A run of three or more digits: what a number in a link may be, 999 included.
RUN = re.compile(rf"\+?\d(?:{BETWEEN}\d){{2,}}")
# Dearer than an ordinary call, or a number that follows people about (070).
PREMIUM = ("084", "087", "09", "118", "070", "076")
# Characters that nobody sees, or that turn a number round.
UNSEEN = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def plain(words):
    """Return the words with every kind of digit as 0 to 9, and nothing unseen."""
    if words.isascii():
        return words
    words = unicodedata.normalize("NFKC", UNSEEN.sub("", words))
    return "".join(
        str(unicodedata.digit(c)) if unicodedata.digit(c, None) is not None else c for c in words
    )


def dialled(number):
    """Return what a phone dials at home for a number: digits only, no country code."""
    number = plain(number).strip()
    abroad = re.match(r"(?:\+|00)\s?44", number)
    digits = re.sub(r"\D", "", number[abroad.end() :] if abroad else number)
    return f"0{digits.removeprefix('0')}" if abroad else digits


def phones(words):
    """Return the phone numbers in a text as they are written there."""
    return [match[0].strip() for match in PHONE.finditer(plain(words))]


def runs(words):
    """Return every run of three or more digits in a text, as dialled."""
    return [dialled(match[0]) for match in RUN.finditer(plain(words))]


def strange(words):
    """Return the characters of a text that hide, turn round or imitate digits."""
    if words.isascii():
        return set()
    imitations = {c for c in words if not c.isascii() and unicodedata.digit(c, None) is not None}
    return imitations | set(UNSEEN.findall(words))
