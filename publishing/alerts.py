"""What whoever looks after the site has to know today, in sentences.

The newsroom shows it, and `manage.py alert` mails or prints it.
"""

from . import backups, sources
from .models import Print, Serving
from .printing import editions


def sentences(now):
    """Return what is wrong or due at an aware moment, the most pressing first; none if all is well."""
    found = [f"Changed past the newsroom: {alarm}" for alarm in sources.alarms()]
    for problem in Print.objects.problems(now):
        what = "Set aside" if problem["edition"] else "Held up"
        found.append(f"{what}: {problem['page']}: {problem['words']} {problem['mend']}")
    if pinned := editions.pin():
        found.append(
            f"Readers see edition {pinned}, which somebody went back to, and no newer one."
        )
    found += [str(machine) for machine in Serving.objects.silent(now)]
    return [*found, *due(now)]


def due(now):
    """Return that part of it which does not stand at the top of every screen of the newsroom."""
    return [*filter(None, [backups.overdue(now)]), *sources.due(now)]
