"""What of a service stands: its newest release, or what may stand in the place of that."""

import logging
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.urls import reverse

from publishing.printing import editions, records
from publishing.printing.records import Stands
from publishing.printing.snapshot import once

from ..models import Release, Service
from . import digest, document

log = logging.getLogger(__name__)

# The fields of a release that are kept with an edition: all that its digest is made of.
ROW = [field.attname for field in Release._meta.concrete_fields if field.name != "id"]


@dataclass(frozen=True)
class Chosen:
    """What stands for a service: a release, as it is, or less of it.

    `is_off` is whether it stands without its numbers, `held` are the routes that do alone, and
    `stands` is what of it does where it was set aside, "" where it was not; `was_printed` is
    whether readers have it on a page of its own already.
    """

    release: Release
    is_off: bool = False
    held: tuple[str, ...] = ()
    stands: str = ""
    was_printed: bool = True

    def content(self):
        """The document that readers have; None where nothing stands."""
        return None if self.stands == Stands.NOTHING else self.whole()

    def whole(self):
        """The document, also where nothing of it stands beside others."""
        found = self.release.content
        if self.stands == Stands.NAME or not digest.is_right(self.release):
            return document.bare(found)
        if self.is_off or says_off(self.release):
            # Also of one that an earlier version of the site made: with a website.
            found = document.taken_off(found)
        return document.held_back(found, self.held) if self.held else found


def choose(release):
    """Return what stands for the newest release of a service.

    That is the last one up to it that is as it was made, here or as it is kept with the edition
    that readers have. Nothing that was taken off since comes back by this. Where there is none,
    it is the release itself, of which only the name may stand. One that lost.newest() gave because
    the database has it no more stands as it was printed.
    """
    if found := getattr(release, "printed_as", None):
        return less_of(found, stands) if (stands := records.stands(name_of(release))) else found
    good, skipped = release, []
    while good and not digest.is_right(good):
        as_printed = kept_of(good.service_id)
        if as_printed and as_printed.release.number == good.number:
            good = as_printed.release
            break
        skipped.append(good)
        earlier = Release.objects.filter(service=release.service_id, number__lt=good.number)
        good = earlier.order_by("-number").first()
    is_off = good is None or any(read(says_off, each) for each in skipped)
    held = {key for each in skipped for key in read(held_in, each) or ()}
    found = Chosen(good or release, is_off, tuple(sorted(held)))
    stands = records.stands(name_of(release))
    return less_of(found, stands) if stands else found


def less_of(found, stands):
    """Return what stands for a service that is set aside, by what readers would have of it.

    It is the release that was printed last, without what readers would not have by the newest.
    """
    last = kept_of(found.release.service_id)
    if last is None:
        return Chosen(found.release, found.is_off, found.held, Stands.NOTHING, False)
    now = read(lambda each: reach(each.whole()), found)
    gone = {key for key, value in reach(last.release.content).items() if not has(now, key, value)}
    is_off = found.is_off or last.is_off or read(says_off, found.release) is not False
    return Chosen(last.release, is_off, tuple(sorted(gone | {*last.held})), stands)


def reach(content):
    """Return route -> the number or address that readers have of it, and that of the website."""
    routes = {r["key"]: r["dial"] or r["address"] for r in content["routes"] if not r["held"]}
    return routes | {document.WEBSITE: content["organisation"]["website"]}


def has(now, key, value):
    """Return whether readers have a number or address now; or a way without one, by its key."""
    return now is not None and (value in now.values() if value else key in now)


def name_of(release):
    """Return the name by which a service is set aside: the address of its own page."""
    slug = read(lambda each: each.content["service"]["slug"], release)
    return reverse("signposting:service", args=[slug]) if slug else ""


def kept_of(service):
    """Return what stands for a service, by its id, in the edition that readers have, or None.

    None too if it was changed there.
    """
    return kept_rows().get(service)


@once
def kept_rows():
    number = editions.current_number()
    try:
        rows = editions.head(number)["kept"]["signposting"] if number else []
    except (editions.Damaged, LookupError):
        return {}
    found = filter(None, (from_row(row) for row in rows))
    return {each.release.service_id: each for each in found if digest.is_right(each.release)}


def from_row(row):
    """Return what was kept of a service, its release not saved; None if it cannot be read."""
    fields = {name: Release._meta.get_field(name) for name in ROW}
    try:
        kept = {name: field.to_python(row["release"][name]) for name, field in fields.items()}
        more = tuple(row.get("held", ())), row.get("stands", "")
        return Chosen(Release(**kept), row["is_off"], *more)
    except (LookupError, TypeError, ValueError, AttributeError, ValidationError):
        return None


def read(ask, found, *given):
    """Return what is asked of a release, or of what was chosen; None where it cannot be read."""
    try:
        return ask(found, *given)
    except (LookupError, TypeError, ValueError, AttributeError, ValidationError):
        log.exception("A release cannot be read: service %s.", of(found).service_id)
        return None


def of(found):
    return found.release if isinstance(found, Chosen) else found


def says_off(release):
    return release.content["service"]["status"] != Service.Status.PUBLISHED


def held_in(release):
    return [route["key"] for route in release.content["routes"] if route["held"]]
