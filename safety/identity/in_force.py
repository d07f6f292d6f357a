"""What is in force of the site itself: for a page, for a print, and without the database."""

from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.db import Error as DatabaseProblem

from publishing import signatures
from publishing.printing import editions
from publishing.printing.snapshot import kept as printing
from publishing.printing.snapshot import once

from .models import Look, Owner, UrgentNotice
from .models.printed import restored, row

# A key of the WSGI environ that only a preview sets: the look to show.
CHOSEN = "identity.look"


@dataclass(frozen=True)
class Identity:
    """The site as a page shows it: its look, who runs it, the urgent notice or None."""

    look: Look
    owner: Owner
    notice: UrgentNotice | None = None


@once
def look() -> Look:
    return Look.objects.in_force()


@once
def owner() -> Owner:
    return Owner.objects.in_force()


@once
def notice(moment) -> UrgentNotice | None:
    return UrgentNotice.objects.on(moment)


def of_request(request, moment=None) -> Identity:
    """Return what a page shows.

    While it is printed or previewed, what the database has. What Django answers beside the
    edition, and error pages, which have no request, say what the edition says: readers get
    them with the database gone too. `moment` is that of an edition for which a page without a
    request is printed.
    """
    if request is None:
        if printing.get() is None:
            return printed()
        return Identity(look(), owner(), moment and notice(moment))
    if not hasattr(request, "identity"):
        request.identity = (
            made_now(request) if getattr(request, "printing", False) else live(request)
        )
    return request.identity


def made_now(request) -> Identity:
    return Identity(request.environ.get(CHOSEN) or look(), owner(), notice(request.moment))


def live(request) -> Identity:
    """Return what Django shows beside an edition; where there is none, what the database has."""
    if editions.current_number():
        return printed()
    try:
        return made_now(request)
    except DatabaseProblem:
        return of_kept({})


def kept(moment):
    """Return what is kept with an edition of a moment: of it the exit and Django's own pages are made."""
    found = {"look": row(look()), "owner": row(owner()), "notices": UrgentNotice.objects.as_rows()}
    if standing := notice(moment):
        found["notice"] = {"words": standing.words, "digest": signatures.sign(said_by(standing))}
    return found


def said_by(standing):
    """Return what the digest of a kept notice is made of."""
    return {"urgent notice": standing.words}


def printed() -> Identity:
    """Return what the current edition was printed with; without one, what the settings say."""
    number = editions.current_number()
    try:
        return printed_in(editions.root(), number) if number else of_kept({})
    except editions.Damaged:
        return of_kept({})


@lru_cache(maxsize=2)
def printed_in(root, number):
    return of_kept(editions.head(number).get("kept", {}))


def of_kept(found) -> Identity:
    """Return what is kept with an edition, where nobody has changed it there."""
    mine = found.get("identity", {})
    return Identity(
        restored(Look, mine.get("look")) or Look(),
        restored(Owner, mine.get("owner")) or Owner.of_settings(),
        restored_notice(mine.get("notice")),
    )


def restored_notice(values):
    """Return the urgent notice that an edition was printed with, or None."""
    try:
        found = UrgentNotice(words=values["words"])
        return found if signatures.is_signed(said_by(found), values["digest"]) else None
    except Exception:  # none was kept, or whatever was made of the file
        return None


def exit_of(found) -> str:
    """Return where the exit leads, by what is kept with an edition: no database, no file."""
    mine = found.get("identity")
    return of_kept(found).owner.exit_url if mine else settings.EXIT_URL
