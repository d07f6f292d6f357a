"""The areas of the register and the groups of the help page, as readers have them."""

from dataclasses import dataclass, field

from publishing.printing import editions, records
from publishing.printing.snapshot import once
from publishing.problems import CannotPrint
from safety.identity.models.printed import restored, row

from .models import Area, HeadingsRelease, Need

CHANGED = "The areas and the groups of the help page are not as two people agreed them."
MEND = "Readers keep what was printed last. Ask for a change of areas and groups, and agree it."


@dataclass(frozen=True)
class Headings:
    """`areas` by short name and `needs` by number, each in its order."""

    areas: dict[str, Area] = field(default_factory=dict)
    needs: dict[int, Need] = field(default_factory=dict)

    @property
    def here(self):
        """The site's own area, or None."""
        return next((area for area in self.areas.values() if area.is_here), None)

    def covers(self, slug):
        """Return whom of who answers "Where do you live?" a service for an area takes."""
        return self.areas[slug].covers.split() if slug in self.areas else []


@once
def now() -> Headings:
    """Return them as two people agreed them last; none in an empty register."""
    found = in_force()
    return of_rows(found.content) if found else Headings()


def typed() -> Headings:
    """Return them as keepers have them in their forms: nobody reads them yet."""
    return Headings(
        {area.slug: area for area in Area.objects.all()},
        {need.number: need for need in Need.objects.all()},
    )


def in_force() -> HeadingsRelease | None:
    """Return the release that is in force: the last one that is as it was agreed.

    One that was printed and that the database has no more stands as it was printed.
    """
    found, last = newest_right(), last_printed()
    return last if last and (found is None or last.agreed_at > found.agreed_at) else found


def newest_right():
    return next((each for each in HeadingsRelease.objects.agreed() if each.is_right), None)


def last_printed():
    return restored(HeadingsRelease, records.last_kept("headings"))


def alarms():
    """Return a sentence where what was agreed last was changed past the newsroom, or is gone."""
    found, newest = in_force(), HeadingsRelease.objects.agreed().first()
    if newest is None or found is None:
        stands = newest is found
    else:
        stands = newest.is_right and newest.digest == found.digest
    return [] if stands else [f"{CHANGED} {MEND}"]


def can_be_printed():
    """Raise CannotPrint where nothing of what was agreed is as it was agreed."""
    if in_force() is None and HeadingsRelease.objects.agreed().exists():
        raise CannotPrint(CHANGED, MEND)


def kept():
    """Return what is in force as JSON can hold it, for the edition that is being printed."""
    found = in_force()
    return row(found) if found else None


def as_rows(headings):
    """Return them as JSON can hold them."""
    return {
        "areas": [values(area) for area in headings.areas.values()],
        "needs": [values(need) for need in headings.needs.values()],
    }


def values(row):
    fields = [field.name for field in row._meta.concrete_fields if field.name != "id"]
    return {name: getattr(row, name) for name in fields}


def of_rows(rows) -> Headings:
    """Return them from what as_rows() made. What models have lost since is left out."""
    areas, needs = (
        [model(**{name: row[name] for name in names(model) if name in row}) for row in rows[kind]]
        for kind, model in (("areas", Area), ("needs", Need))
    )
    return Headings({area.slug: area for area in areas}, {need.number: need for need in needs})


def names(model):
    return [field.name for field in model._meta.concrete_fields if field.name != "id"]


def printed() -> Headings:
    """Return them as the current edition was printed with; without one, as they are now."""
    number = editions.current_number()
    try:
        kept = editions.head(number).get("kept", {}) if number else {}
    except editions.Damaged:
        kept = {}
    found = restored(HeadingsRelease, kept.get("headings"))
    return of_rows(found.content) if found else now()


def difference(new: Headings, old: Headings) -> list[tuple[str, str, str]]:
    """Return (what, before, after) of each word and choice that differs."""
    found = []
    for what, mine, theirs in (
        ("Area", new.areas, old.areas),
        ("Group", new.needs, old.needs),
    ):
        for key in [*mine, *(key for key in theirs if key not in mine)]:
            found += [
                (f"{what} {key}, {name}", before, after)
                for name, before, after in between(mine.get(key), theirs.get(key))
            ]
    return found


def between(mine, theirs):
    for each in (mine or theirs)._meta.concrete_fields:
        before, after = (shown(row, each) for row in (theirs, mine))
        if before != after and each.name != "id":
            yield each.verbose_name, before, after


def shown(row, field):
    """Return a value of a row as people read it, "" where there is no row."""
    if row is None:
        return ""
    value = getattr(row, field.name)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(dict(field.flatchoices).get(value, value))
