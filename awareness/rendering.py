"""Frozen blocks into HTML: the one way, for a release and for a working copy."""

import re

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from signposting.references import helplines as services

from . import references

PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)
RICH = ("html", "steps")


def render(blocks, moment):
    """Return the HTML of a release's blocks at a moment, with the numbers in their places."""
    blocks = [{**block, "moment": moment} for block in blocks]
    rich = [(block, name) for block in blocks for name in RICH if block.get(name)]
    filled = references.fill([block[name] for block, name in rich])
    for (block, name), html in zip(rich, filled, strict=True):
        block[name] = mark_safe(html)  # noqa: S308 sanitised when it was frozen
    return mark_safe("".join(render_block(block) for block in blocks))  # noqa: S308 as above


def render_block(block):
    block |= READY.get(block["type"], dict.copy)(block)
    return render_to_string(f"awareness/blocks/{block['type']}.html", block)


def paragraphs(text):
    return [
        lines.strip() for lines in re.split(r"\n\s*\n", text.replace("\r", "")) if lines.strip()
    ]


def quotation(block):
    return {"paragraphs": paragraphs(block["text"])}


def steps(block):
    return {"steps": [mark_safe(step) for step in PARAGRAPH.findall(block["steps"])]}  # noqa: S308


def signs(block):
    return {"signs": [line.strip() for line in block["signs"].splitlines() if line.strip()]}


def image(block):
    sizes = [size | {"url": settings.MEDIA_URL + size["file"]} for size in block["sizes"]]
    return {"sizes": sizes, "largest": sizes[-1] if sizes else None}


def helplines(block):
    context = {"services": services(block["services"], block["moment"])}
    return {"helplines": render_to_string("signposting/_helplines.html", context)}


# What a block's template needs beside the block's own words.
READY = {
    "quotation": quotation,
    "steps": steps,
    "signs": signs,
    "image": image,
    "helplines": helplines,
}
