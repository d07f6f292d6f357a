"""The areas of the register and the groups of the help page, as readers have them."""

from dataclasses import dataclass, field

from publishing.printing import editions
from publishing.printing.snapshot import once

from .models import Area, Need


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
    """Return them as the newsroom has them."""
    return Headings(
        {area.slug: area for area in Area.objects.all()},
        {need.number: need for need in Need.objects.all()},
    )


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
    """Return them from what as_rows() made. Raises what a bad row raises."""
    return Headings(
        {row["slug"]: Area(**row) for row in rows.get("areas", [])},
        {row["number"]: Need(**row) for row in rows.get("needs", [])},
    )


def printed() -> Headings:
    """Return them as the current edition was printed with; without one, as they are now."""
    number = editions.current_number()
    try:
        kept = editions.summary(number).get("kept", {}) if number else {}
        return of_rows(kept["headings"]) if "headings" in kept else now()
    except (editions.Damaged, TypeError, KeyError):
        return now()
