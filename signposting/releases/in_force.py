"""What readers have of the register: the releases in force, as services again."""

import logging
from datetime import datetime
from functools import lru_cache

from django.core.exceptions import ValidationError

from publishing.printing import editions
from publishing.printing.snapshot import once

from ..models import Release, Service
from . import digest, document

log = logging.getLogger(__name__)

# The fields of a release that are kept with an edition: all that its digest is made of.
ROW = [field.attname for field in Release._meta.concrete_fields if field.name != "id"]


@once
def in_force(until=None) -> dict[str, Service]:
    """Return slug -> Service, in the register's order, of the releases in force now.

    With `until`, an aware moment, of those that were in force then. What is returned is
    shared and cannot be saved.
    """
    return register_of(thawed(*each) for each in documents(until))


def register_of(standing) -> dict[str, Service]:
    """Return slug -> Service of some services, or None where one cannot be read, in order."""
    order = sorted(filter(None, standing), key=lambda each: (each.group, each.position, each.name))
    found = {service.slug: service for service in order}
    for service in order:
        link(service, found)
    return found


@once
def documents(until=None):
    """Return (release, document) of each service; None in the place of one that cannot be read."""
    return [(each, read(stands_in, each)) for each in Release.objects.newest(until).order_by()]


def thawed(release, content):
    """Return the Service of a release by what stands in its place; None if it is unreadable."""
    return read(document.thaw, release, content) if content else None


def read(ask, release, *given):
    try:
        return ask(release, *given)
    except (LookupError, TypeError, ValueError, AttributeError, ValidationError):
        log.exception("A release cannot be read: service %s.", release.service_id)
        return None


def made_from():
    """Return all that readers have of the register, as JSON can hold it."""
    return [
        [release.service_id, release.number, str(release.made_at), content]
        for release, content in sorted(documents(), key=lambda each: each[0].service_id)
    ]


def stands_in(release):
    """Return the document of a release if it is as it was made, or what may stand in its place."""
    good, is_off = chosen(release)
    if not digest.is_right(good):
        return document.bare(good.content)
    return document.taken_off(good.content) if is_off else good.content


def chosen(release):
    """Return (the release that stands, whether without its numbers) for the newest of a service.

    That is the last one up to it that is as it was made, here or as it is kept with the edition
    that readers have. Nothing that was taken off since comes back by this. Where there is none,
    it is the release itself, of which only the name may stand.
    """
    good, skipped = release, []
    while good and not digest.is_right(good):
        if as_printed := kept_of(good):
            good = as_printed
            break
        skipped.append(good)
        earlier = Release.objects.filter(service=release.service_id, number__lt=good.number)
        good = earlier.order_by("-number").first()
    is_off = good is None or any(says_off(each) for each in skipped)
    return good or release, is_off


def kept_of(release):
    """Return a release as it is kept with the current edition, if it is right there, or None."""
    number = editions.current_number()
    try:
        rows = editions.summary(number)["kept"]["signposting"] if number else []
        same = (release.service_id, release.number)
        found = (from_row(row["release"]) for row in rows)
        mine = [each for each in found if (each.service_id, each.number) == same]
    except (editions.Damaged, LookupError, TypeError, ValueError, ValidationError):
        return None
    return next(filter(digest.is_right, mine), None)


def content_of(service):
    """Return (number, document) of what readers have of a service; (0, None) if nothing."""
    newest = Release.objects.filter(service=service.pk).order_by("-number").first()
    return (newest.number, document.filled(stands_in(newest))) if newest else (0, None)


def says_off(release):
    return release.content["service"]["status"] != Service.Status.PUBLISHED


def alarms():
    """Return a sentence for each service whose newest release is not as it was made."""
    newest = Release.objects.newest().select_related("service")
    return [
        f"Release {release.number} of {release.service} is not as two people agreed it. It is set "
        "aside: readers keep the release before it, or are told that we print no number. Take "
        "the service off, or agree it again."
        for release in newest
        if not digest.is_right(release)
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
    for release in Release.objects.newest().order_by():
        good, is_off = chosen(release)
        row = {name: document.plain(getattr(good, name)) for name in ROW}
        found.append({"release": row, "is_off": is_off})
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
    manifest = editions.summary(number)
    try:
        rows = manifest["kept"]["signposting"]
    except KeyError:  # printed by a version that kept nothing
        return in_force(datetime.fromisoformat(manifest["made"]))
    return register_of(as_kept(row) for row in rows)


def as_kept(row):
    """Return the Service of a release that was kept with an edition, None if it was changed there."""
    try:
        release = from_row(row["release"])
    except (LookupError, TypeError, ValueError, ValidationError):
        return None
    if not digest.is_right(release):
        return thawed(release, read(bare_of, release)) if row["is_off"] else None
    content = release.content
    return thawed(release, document.taken_off(content) if row["is_off"] else content)


def bare_of(release):
    return document.bare(release.content)


def from_row(row):
    """Return a Release, not saved, of what was kept of one. Raises what a bad row raises."""
    fields = {name: Release._meta.get_field(name) for name in ROW}
    return Release(**{name: field.to_python(row[name]) for name, field in fields.items()})
