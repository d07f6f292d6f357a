"""Frozen blocks into HTML: the one way, for a release and for a working copy."""

import re
from datetime import date

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.safestring import mark_safe

from publishing.problems import CannotPrint
from signposting import references as register

from . import references

PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)
RICH = ("html", "steps")


def render(blocks, moment):
    """Return the HTML of frozen blocks at an aware moment, with today's numbers in place.

    Raises CannotPrint, with a sentence for the editor, if the register lost a service.
    """
    blocks = [dict(block) for block in blocks]
    try:
        fill_prose(blocks)
        fill_helplines(blocks, moment)
    except register.UnknownService as error:
        raise CannotPrint(
            f"The page refers to [[{error.slug}]], which is not in the register.",
            "Choose another service, or ask a register keeper.",
        ) from error
    return mark_safe("".join(map(render_block, blocks)))  # noqa: S308 templates escape


def fill_prose(blocks):
    rich = [(block, name) for block in blocks for name in RICH if block.get(name)]
    filled = references.fill([block[name] for block, name in rich])
    for (block, name), html in zip(rich, filled, strict=True):
        # What an editor links to need not learn where its reader came from.
        html = html.replace('<a href="http', '<a rel="noreferrer" href="http')
        block[name] = mark_safe(html)  # noqa: S308 sanitised when it was frozen


def fill_helplines(blocks, moment):
    """Give each helplines block its services, with as many queries for all as for one."""
    chosen = [block for block in blocks if block["type"] == "helplines"]
    wanted = {slug for block in chosen for slug in block["services"]}
    if not wanted:
        return
    slugs = sorted(wanted)
    shown = dict(zip(slugs, register.helplines(slugs, moment), strict=True))
    for block in chosen:
        block["services"] = [shown[slug] for slug in block["services"]]


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
    checked = block["checked_on"]
    return {
        "steps": [mark_safe(step) for step in PARAGRAPH.findall(block["steps"])],  # noqa: S308
        "checked_on": checked and date_format(date.fromisoformat(checked), "j F Y"),
    }


def signs(block):
    return {"signs": [line.strip() for line in block["signs"].splitlines() if line.strip()]}


def image(block):
    sizes = [size | {"url": settings.MEDIA_URL + size["file"]} for size in block["sizes"]]
    return {"sizes": sizes, "largest": sizes[-1] if sizes else None}


# What a block's template needs beside the block's own words.
READY = {
    "quotation": quotation,
    "steps": steps,
    "signs": signs,
    "image": image,
}
