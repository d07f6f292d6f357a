"""Frozen blocks into HTML: the one way, for a release and for a working copy."""

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from publishing.problems import CannotPrint
from signposting import references as register

from . import references
from .models import Block
from .prose import mark_direction

# What editors write before a step that somebody else could notice.
NOTICED = "<strong>This change may be noticed.</strong>"
# The first time in a block it is said beside its picture; from then on the picture says it.
EYE = '<span class="picture picture--eye"></span>'
NOTICED_FIRST = f'<strong class="noticed">{EYE} This change may be noticed.</strong>'
NOTICED_AGAIN = (
    '<span class="noticed picture picture--eye" role="img" '
    'aria-label="This change may be noticed."></span>'
)


def render(blocks, moment):
    """Return the HTML of frozen blocks at an aware moment, with today's numbers in place.

    Raises CannotPrint, with a sentence for the editor, if the register lost a service.
    """
    blocks = [(Block.kinds[block["type"]], dict(block)) for block in blocks]
    try:
        fill_prose(blocks)
        fill_cards(blocks, moment)
    except register.UnknownService as error:
        raise CannotPrint(
            f"The page refers to [[{error.slug}]], which is not in the register.",
            "Choose another service, or ask a register keeper.",
        ) from error
    return mark_safe("".join(render_block(*each) for each in blocks))  # noqa: S308 templates escape


def fill_prose(blocks):
    rich = [(block, name) for kind, block in blocks for name in kind.rich() if block.get(name)]
    filled = references.fill([block[name] for block, name in rich])
    for (block, name), html in zip(rich, filled, strict=True):
        html = html.replace(NOTICED, NOTICED_FIRST, 1).replace(NOTICED, NOTICED_AGAIN)
        # What an editor links to need not learn where its reader came from.
        html = html.replace('<a href="http', '<a rel="noreferrer" href="http')
        block[name] = mark_safe(html)  # noqa: S308 sanitised when it was frozen


def fill_cards(blocks, moment):
    """Give each block the services it shows, with as many queries for all as for one."""
    slugs = sorted({slug for kind, block in blocks for slug in kind.cards(block)})
    if not slugs:
        return
    shown = register.helplines(slugs, moment)
    for kind, block in blocks:
        block["cards"] = [shown[slug] for slug in kind.cards(block) if slug in shown]


def render_block(kind, block):
    if "html" in block and not block["html"].strip():
        return ""  # nothing is left of it but a heading: nobody is named yet
    html = render_to_string(f"awareness/blocks/{kind.type}.html", block | kind.context(block))
    return mark_direction(html)
