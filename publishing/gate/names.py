"""Names of services in words, however they are written: with a hyphen, with letters that look alike."""

import unicodedata
from functools import lru_cache

# Letters that readers take for others, each as the one that both are read as. "rn" is "m" to
# them, and a capital "I" a small "l".
ALIKE = {
    shown: letter
    for letter, many in {
        "a": "ɑαа", "b": "Ƅьв", "c": "ϲсᴄ", "cl": "dԁɗ", "e": "еєɛε3", "f": "ƒ", "g": "ɡցԍ", "h": "һнɦ",
        "k": "кκ", "l": "i1ıɩιӏіǀ", "n": "ոηпɴ", "o": "0оοօᴏ", "p": "рρ", "q": "ԛ", "r": "гɾ", "rn": "mм",
        "s": "ѕ5ꜱ", "t": "тτ", "u": "υսʋ", "v": "ѵνᴠ", "vv": "wѡԝω", "x": "хχ", "y": "уγʏ", "z": "ᴢ",
    }.items()
    for shown in many
}  # fmt: skip
UNSEEN = ("Mn", "Me", "Cf")


@lru_cache(maxsize=1024)
def letters_of(character):
    """Return the letters that readers take a character for; "" if it is no letter and no digit."""
    plain = unicodedata.normalize("NFKD", character).casefold()
    return "".join(ALIKE.get(each, each) for each in plain if each.isalnum())


# The menu and the foot of every page are the same words.
@lru_cache(maxsize=1024)
def read(words):
    """Return (letters of a text, the place of each in it, the letters that begin a word)."""
    letters, places, begins, is_new = [], [], set(), True
    for place, character in enumerate(words):
        said = letters_of(character)
        if said and is_new:
            begins.add(len(letters))
        if said or unicodedata.category(character) not in UNSEEN:
            is_new = not said
        letters += said
        places += [place] * len(said)
    return "".join(letters), tuple(places), frozenset(begins)


def key(name):
    return read(name)[0]


def find(words, keys):
    """Return (name, start, end) of each name that a text has as whole words.

    `keys` is name -> key(name). Spaces and strokes between and within the words do not count.
    """
    letters, places, begins = read(words)
    ends, found = {*begins, len(letters)}, []
    for name, wanted in keys.items():
        at = -1
        while wanted and (at := letters.find(wanted, at + 1)) >= 0:
            end = at + len(wanted)
            if at in begins and end in ends:
                found.append((name, places[at], places[end - 1] + 1))
    return found
