"""A look at words that nobody has saved: the hints, and what the gate would refuse.

The page is made by the reader's own view and shown to the gate as publishing would do it, so
the marks while writing and the refusal at publishing are one answer. Nothing is written down.
"""

from django.utils import timezone

from publishing.printing.dry_run import try_page

from ..views import CHOSEN
from .hints import Hint, hints


def look(release, moment=None):
    """Return the Hints on an unsaved release, what stops it first.

    Block 0 stands for the whole page.
    """
    moment = moment or timezone.now()
    stops = [
        Hint(place_of(problem, release.blocks), problem.words, problem.mend, stops=True)
        for problem in refused(release, moment)
    ]
    return stops + hints(release.blocks, timezone.localdate(moment))


def refused(release, moment):
    """Return the Problems for which the gate would refuse to publish a release."""
    return try_page(release.get_absolute_url(), moment, given={CHOSEN: release})


def place_of(problem, blocks):
    """Return the number of the block under whose heading a problem stands, 0 if that is unclear."""
    under = [
        number
        for number, block in enumerate(blocks, start=1)
        if problem.block
        and (
            block.get("heading") == problem.block
            or f">{problem.block}</h" in (block.get("html") or "")
        )
    ]
    return under[0] if len(under) == 1 else 0
