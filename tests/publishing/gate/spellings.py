"""The spellings of contacts and the innocent sentences, as somebody types them into a field."""

import random
from html import unescape

from django.db import models
from django.utils import timezone

from publishing import gate, sources
from publishing.addresses import AddressKind, kind_of
from publishing.gate.data import file_is_known
from publishing.printing.editions import Item
from publishing.printing.render import Renderer
from publishing.printing.snapshot import snapshot
from publishing.sources import Address

from .test_contacts import CONTACTS, FIGURES

__all__ = ["CONTACTS", "SENTINEL", "chosen", "is_words", "looked_at", "together"]

SEED, EACH = 20261126, 10
SENTINEL = "Zebras Graze Here"
# What readers act on; links within the site are looked at where there is a whole edition.
CHECKS = [check for check in gate.FRAGMENT if check.__module__ != gate.checks.__name__]


def is_words(field):
    """Return whether people type words into a field: no choice, no short name, no address."""
    typed = isinstance(field, models.CharField | models.TextField) and not field.choices
    return typed and not isinstance(field, models.SlugField | models.URLField)


def typed(line, is_rich):
    """Return a line as it is typed into a field: words, or HTML; None where it cannot be."""
    if is_rich:
        # An editor writes paragraphs: a link stands in one.
        return line if line.startswith("<") and not line.startswith("<a ") else f"<p>{line}</p>"
    return None if "<" in line else unescape(line)


def chosen(lines, field, is_rich, every, place=0):
    """Return what to type into a field: a piece of every line that fits, or a few, seeded.

    A few of each field, shuffled once for all, so that together they are nearly all of them.
    """
    limit = getattr(field, "max_length", None) or 10_000
    fit = [text for line in lines if (text := typed(line, is_rich)) and len(text) <= limit]
    if every:
        first, of = every
        return fit[first::of]
    random.Random(SEED).shuffle(fit)
    at = place * EACH % max(1, len(fit) - EACH)
    return fit[at : at + EACH]


def together(field, is_rich, every, place=0):
    """Return the innocent sentences, many in one text where the field holds them."""
    limit = getattr(field, "max_length", None) or 10_000
    if limit < 2_000:
        return chosen(FIGURES, field, is_rich, every, place)
    fit, said = [text for line in FIGURES if (text := typed(line, is_rich))], [""]
    for text in fit:
        if len(said[-1]) + len(text) > limit * 3 // 4:
            said.append("")
        # The stop keeps a heading of the file from running into the next line.
        said[-1] += text + ("\n" if text[-1] in ".:>" else ".\n")
    return said


def looked_at(paths):
    """Return (the HTML or JSON of these addresses as readers would have it, the gate's Problems)."""
    found, problems = "", []
    with snapshot():
        facts = gate.Facts(known=sources.known())
        for path in paths:
            item = Renderer(timezone.now()).item(Address(path))
            if not isinstance(item, Item):
                return found, [item]
            text = item.body.decode()
            found += text
            if kind_of(path) is AddressKind.PAGE:
                problems += gate.look_at(gate.parse(path, text), CHECKS, facts)
            else:
                problems += file_is_known(path, text, facts)
    return found, problems
