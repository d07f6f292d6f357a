"""Characters of no width that a script or a joined picture cannot do without."""

import re
import unicodedata

ZWNJ, ZWJ = "\u200c", "\u200d"
JOINER = re.compile(f"[{ZWNJ}{ZWJ}]")
# Scripts whose letters change where they meet: Arabic and its kin, and those of India.
JOINING = re.compile("[\u0600-\u077f\u08a0-\u08ff\u0900-\u0dff]")
PICTURE = re.compile("[\u2190-\u21ff\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]")
# A picture's own colour and form, which stand between it and what it is joined to.
VARIANT = re.compile("[\ufe0f\U0001f3fb-\U0001f3ff]")


def is_letter(character):
    joining = JOINING.match(character)
    return bool(joining) and unicodedata.category(character)[0] in "LM"


def is_needed(text, place):
    """Return whether the joiner at a place of a text is between what it has to join or part."""
    before, after = text[:place], text[place + 1 : place + 2]
    if not before or not after:
        return False
    if is_letter(before[-1]) and is_letter(after):
        return True
    picture = VARIANT.sub("", before[-3:])[-1:]
    return text[place] == ZWJ and bool(PICTURE.match(picture) and PICTURE.match(after))


def without_needed(text):
    """Return a text without the joiners that it needs, so that those left are to be doubted."""
    if text.isascii():
        return text
    return JOINER.sub(lambda match: "" if is_needed(text, match.start()) else match[0], text)
