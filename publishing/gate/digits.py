"""Digits and letters as readers see them, however they are written."""

import re
import unicodedata

from .invisible import without_needed

# Between the digits of one number: spaces of any kind, brackets, dots, dashes, slashes.
BETWEEN = r"[\s().\-‐-―/·]{0,3}"
# A run of three or more digits: what a number in a link may be, 999 included.
RUN = re.compile(rf"\+?\d(?:{BETWEEN}\d){{2,}}")
# Characters that nobody sees, or that turn a number round.
UNSEEN = re.compile("[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
# They choose how the character before them looks, and are no character of their own.
VARIATION = re.compile("[\ufe00-\ufe0f]")
DASHES = re.compile("[\u2010-\u2015\u2212\ufe58\ufe63]")
QUOTES = str.maketrans("‘’“”", "''\"\"")
# Pictures of digits: keycaps, braille, dice, numerals of old scripts and in circles.
PICTURES = re.compile(
    "[\u20e3\u2460-\u249b\u24ea-\u24ff\u2776-\u2793\u2800-\u28ff\u2680-\u2685\U0001f550-\U0001f567]"
)
# What readers know: it stands for part of one, and nobody can dial it.
FRACTIONS = {"¼": ".25", "½": ".5", "¾": ".75", "⅓": ".33", "⅔": ".67"}
MIXED = re.compile("(?<=[0-9])[¼½¾⅓⅔]")
LETTERS = re.compile(r"[^\W\d_]+")


def listed(text):
    """Return the words of a list that is written as one text."""
    return text.split()


def plain(words):
    """Return the words with every kind of digit as 0 to 9, and nothing unseen."""
    if words.isascii():
        return words
    words = MIXED.sub(lambda match: FRACTIONS[match[0]], words)
    words = VARIATION.sub("", UNSEEN.sub("", words)).translate(QUOTES)
    words = DASHES.sub("-", unicodedata.normalize("NFKC", words))
    return "".join(
        str(unicodedata.digit(c)) if unicodedata.digit(c, None) is not None else c for c in words
    )


def dialled(number):
    """Return what a phone dials at home for a number: digits only, no country code."""
    number = plain(number).strip()
    abroad = re.match(r"(?:\+|00)\s?44", number)
    digits = re.sub(r"\D", "", number[abroad.end() :] if abroad else number)
    return f"0{digits.removeprefix('0')}" if abroad else digits


def runs(words):
    """Return every run of three or more digits in a text, as dialled."""
    return [dialled(match[0]) for match in RUN.finditer(plain(words))]


def strange(words):
    """Return the characters of a text that hide, turn round or imitate digits or letters."""
    if words.isascii():
        return set()
    found = {c for c in words if not c.isascii() and imitates(c)}
    found |= set(UNSEEN.findall(without_needed(words))) | set(PICTURES.findall(words))
    for before, after in zip(words, words[1:], strict=False):
        # A stroke through a digit or a line under it parts it from the next.
        if before.isdigit() and unicodedata.category(after) in ("Mn", "Me") and after != "\ufe0f":
            found.add(after)
    for match in LETTERS.finditer(words):
        if not match[0].isascii():
            found |= mixed(match[0])
    return found


def imitates(character):
    """Return whether a character that is not ASCII counts something, as 0 to 9 do."""
    if character in FRACTIONS:
        return False
    return unicodedata.numeric(character, None) is not None


def mixed(word):
    """Return the letters of other scripts in a word that has letters of ours too."""
    ours = {c for c in word if c.isascii() or "LATIN" in unicodedata.name(c, "")}
    others = {c for c in word if c not in ours and unicodedata.category(c)[0] == "L"}
    return others if ours else set()
