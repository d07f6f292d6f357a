"""What readers have of the register: the releases in force, as services again."""

from datetime import datetime
from functools import lru_cache

from django.utils.functional import SimpleLazyObject

from publishing.printing import editions, records
from publishing.printing.records import Stands
from publishing.printing.snapshot import once

from .. import headings
from ..models import Release, Service
from . import digest, document, lost
from .standing import ROW, Chosen, choose, from_row, read


@once
def in_force(until=None) -> dict[str, Service]:
    """Return slug -> Service, in the register's order, of the releases in force now.

    With `until`, an aware moment, of those that were in force then. What is returned is
    shared and cannot be saved.
    """
    # Asked only where a name is wanted, and once.
    return register_of((thawed(*each) for each in documents(until)), SimpleLazyObject(headings.now))


def register_of(standing, names) -> dict[str, Service]:
    """Return slug -> Service of some services, or None where one cannot be read, in order."""
    order = sorted(filter(None, standing), key=lambda each: (each.group, each.position, each.name))
    found = {service.slug: service for service in order}
    for service in order:
        service.headings = names
        link(service, found)
    return found


@once
def documents(until):
    """Return (release, document) of each service; None in the place of one that cannot be read."""
    return [(each, read(stands_in, each)) for each in lost.newest(until)]


def thawed(release, content):
    """Return the Service of a release by what stands in its place.

    Of one that cannot be read, such as by a later version of the site, it is the name; or None.
    """
    if not content:
        return None
    return read(document.thaw, release, content) or read(named, release, content)


def named(release, content):
    return document.thaw(release, document.bare(content))


def stands_in(release):
    """Return the document of a release if it is as it was made, or what may stand in its place."""
    return choose(release).content()


@once
def addresses_off() -> frozenset[str]:
    """Return the web and email addresses that readers had of a service, and have no more."""
    had = set()
    older = Release.objects.exclude(kind=Release.Kind.ALONE)
    for website, routes in older.values_list("content__organisation__website", "content__routes"):
        had |= {website, *(route.get("address") for route in routes or [])}
    return frozenset(had - {None, ""}) - frozenset(addresses_now())


def addresses_now():
    for service in [*in_force().values(), *left_out().values()]:
        yield service.organisation.website
        yield from (route.address for route in service.shown_routes())


@once
def left_out() -> dict[str, Service]:
    """Return slug -> Service of those of which nothing stands beside others, in this print.

    Their own pages stand as they were printed last, so that is what is returned.
    """
    if not records.are_left_out():
        return {}
    chosen = [choose(each) for each in lost.newest()]
    gone = [each for each in chosen if each.stands == Stands.NOTHING and each.was_printed]
    standing = (thawed(each.release, read(Chosen.whole, each)) for each in gone)
    return register_of(standing, SimpleLazyObject(headings.now))


def made_from():
    """Return all that readers have of the register, as JSON can hold it."""
    return [
        [release.service_id, release.number, str(release.made_at), content]
        for release, content in sorted(documents(None), key=lambda each: each[0].service_id)
    ]


def content_of(service):
    """Return (number, document) of what readers have of a service; (0, None) if nothing."""
    newest = lost.newest_of(service)
    return (newest.number, document.filled(stands_in(newest))) if newest else (0, None)


def alarms():
    """Return a sentence for each service whose newest release is not as it was made, or is lost."""
    newest = list(Release.objects.newest().select_related("service"))
    return [
        *lost.alarms(newest),
        *(
            f"Release {release.number} of {release.service} is not as two people agreed it. It is set "
            "aside: readers keep the release before it, or are told that we print no number. Take "
            "the service off, or agree it again."
            for release in newest
            if not digest.is_right(release)
        ),
    ]


def few_are_right():
    """Return whether most releases are wrong: then it is the key that is wrong."""
    right = [digest.is_right(release) for release in Release.objects.newest()]
    return sum(right) * 2 < len(right)


def link(service, found):
    """Give a service what is named beside it; the police where that was lost."""
    service.in_register = found
    service.alternative = found.get(service.alternative_slug) or service.another_way


def kept() -> list[dict]:
    """Return the releases in force, as JSON can hold them, for the edition that is being printed."""
    found = []
    for release in lost.newest():
        chosen = choose(release)
        row = {name: document.plain(getattr(chosen.release, name)) for name in ROW}
        row = {"release": row, "is_off": chosen.is_off}
        more = {"held": list(chosen.held), "stands": str(chosen.stands)}
        found.append(row | {name: value for name, value in more.items() if value})
    return found


def printed() -> dict[str, Service]:
    """Return what in_force() was when the current edition was printed, as it is kept with it.

    What Django answers beside the edition says the same as it, whatever becomes of the
    database. Without an edition nothing was printed, and what is in force now is the answer.
    """
    number = editions.current_number()
    try:
        return printed_in(editions.root(), number) if number else in_force()
    except editions.Damaged:
        return in_force()


@lru_cache(maxsize=2)
def printed_in(root, number):
    manifest = editions.head(number)
    try:
        rows = manifest["kept"]["signposting"]
    except KeyError:  # printed by a version that kept nothing
        return in_force(datetime.fromisoformat(manifest["made"]))
    return register_of((as_kept(row) for row in rows), headings.printed())


def as_kept(row):
    """Return the Service of a release that was kept with an edition, None if it was changed there."""
    found = from_row(row)
    if not found or not (digest.is_right(found.release) or found.is_off):
        return None
    return thawed(found.release, read(Chosen.content, found))
