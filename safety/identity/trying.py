"""What pages would be with something that is not in force yet: looked at by the gate, and shown."""

import re

from django.core.exceptions import ValidationError
from django.utils import timezone

from publishing.printing.dry_run import try_page, undone
from publishing.printing.render import Renderer
from publishing.printing.snapshot import snapshot
from publishing.problems import Problem
from publishing.sources import Address
from publishing.splice import splice

from .in_force import CHOSEN

# Everything that is said of the site stands on these.
PAGES = ("/", "/about/", "/privacy/", "/feedback/")


def tried(make, moment=None):
    """Refuse what `make()` does, where pages with it cannot be printed; it is undone again.

    `moment` is when it counts, now if not given. Raises ValidationError with sentences.
    """

    def problems_with(made):
        with snapshot():
            return [found for path in PAGES for found in try_page(path, moment or timezone.now())]

    problems = undone(make, problems_with)
    # A page that is not there is not the fault of what is tried.
    said = {str(problem) for problem in problems if not problem.words.startswith("It answers")}
    if said:
        raise ValidationError(sorted(said))


def shown(look):
    """Return the home page with a look, as HTML for a frame: nothing in it can be followed.

    The whole of it takes the focus, so that keys move it up and down.
    """
    made = Renderer(timezone.now(), {CHOSEN: look}).item(Address("/"))
    if isinstance(made, Problem):
        return str(made)
    html = splice(made.body, b"", b"").decode()
    # The script that leaves would leave every tab that staff have open.
    html = re.sub(r'<script type="module" src="[^"]*/leave\.[^>]*></script>', "", html)
    return html.replace("<html", '<html tabindex="0"', 1).replace("<body>", "<body inert>", 1)
