"""Releases that readers had and that the database has no more.

The site never deletes one: somebody did, by SQL, or an older backup was put back. The release
before it is signed too, so it would come back into force, with the number that was changed or
taken off since. What was kept with the newest edition stands instead, and there is an alarm.
"""

from dataclasses import replace

from publishing.printing import records

from ..models import Release, Service
from . import digest
from .standing import from_row, has, reach, read, says_off

GONE = (
    "Release {number} of {name} is gone from the database: it was deleted there, or an older "
    "backup was put back. {stands}"
)
STANDS = "Readers keep it as it was printed last. Take the service off, or agree it again."
NO_MORE = "The service is gone too: readers get its name without numbers. Put the backup back."


def newest(until=None) -> list[Release]:
    """Return the last release of each service: where that is lost, the one that was printed.

    With `until`, an aware moment, the last made by then, as the database has it.
    """
    found = {each.service_id: each for each in Release.objects.newest(until).order_by()}
    if until is None:
        found |= {key: stand_in(each) for key, each in lost(found).items()}
    return list(found.values())


def newest_of(service) -> Release | None:
    """Return the last release of one service, as newest() does; None if it has none."""
    last = Release.objects.filter(service=service.pk).order_by("-number").first()
    gone = lost({service.pk: last}, {service.pk})
    return stand_in(gone[service.pk]) if gone else last


def stand_in(chosen):
    """Return the release of what was printed, which says itself as what it stands."""
    chosen.release.printed_as = chosen
    return chosen.release


def lost(found, only=None):
    """Return service id -> Chosen of those whose printed release is newer than `found` has it.

    `found` is service id -> Release or None; `only` are the ids that are asked for. One whose own
    row is gone stands without its numbers, for nobody could take them off; but not where the same
    was made anew.
    """
    gone = all_lost(found, only)
    unknown = gone.keys() - {key for key, each in found.items() if each}
    if not unknown:
        return gone
    rows = set(Service.objects.filter(pk__in=unknown).values_list("pk", flat=True))
    anew = set(Service.objects.exclude(releases=None).values_list("slug", flat=True))
    for key in unknown - rows:
        chosen = gone.pop(key)
        if chosen.release.content["service"]["slug"] not in anew:
            gone[key] = replace(chosen, is_off=True)
    return gone


def all_lost(found, only=None):
    gone = {}
    for row in records.last_kept("signposting") or ():
        said = read_row(row)
        if not said or (only and said[0] not in only):
            continue
        key, number, signature = said
        now = found.get(key)
        if now and (now.number > number or (now.number == number and now.digest == signature)):
            continue
        chosen = from_row(row)
        if not chosen or not digest.is_right(chosen.release):
            continue
        if now and now.number == number:
            # Made again with the same number where nobody knew of the first.
            if not digest.is_right(now) or now.kind == Release.Kind.AGREED:
                continue
            chosen = less(chosen, now)
        gone[key] = replace(chosen, stands="")
    return gone


def read_row(row):
    try:
        said = row["release"]
        return said["service_id"], said["number"], said["digest"]
    except (LookupError, TypeError):
        return None


def less(chosen, now):
    """Return what was printed without what one person took off in another release since."""
    left = read(lambda each: reach(each.content), now)
    had = reach(chosen.release.content)
    gone = {key for key, value in had.items() if not has(left, key, value)}
    is_off = chosen.is_off or read(says_off, now) is not False
    return replace(chosen, is_off=is_off, held=tuple(sorted(gone | {*chosen.held})))


def alarms(newest):
    """Return a sentence for each release that readers had and that is not in the database's `newest`."""
    gone = lost({each.service_id: each for each in newest})
    rows = set(Service.objects.filter(pk__in=gone).values_list("pk", flat=True)) if gone else ()
    return [
        GONE.format(
            number=chosen.release.number,
            name=chosen.release.content["service"]["name"],
            stands=STANDS if key in rows else NO_MORE,
        )
        for key, chosen in gone.items()
    ]
