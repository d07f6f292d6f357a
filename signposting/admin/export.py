import csv

from django.http import HttpResponse

from ..opening_hours import osm

COLUMNS = [
    *["service", "name", "run by", "status", "who", "route", "kind", "number", "address"],
    *["cost", "opening hours", "confidence", "what is not certain", "last checked", "check by"],
]
# A spreadsheet would run a cell that starts so.
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")


def harmless(cell):
    """Return a cell as text that no spreadsheet takes for a formula."""
    text = str(cell)
    return f"'{text}" if text.lstrip(" ").startswith(RISKY) else text


def rows(services):
    for service in services:
        check = service.last_check
        for route in service.routes.all():
            timetable = route.timetable()
            constant = route.constant
            yield [
                *[service.slug, service.name, service.organisation, service.status, service.who],
                *[route.key, route.kind, constant.display if constant else route.display],
                *[route.address, route.cost, osm(timetable) if timetable else ""],
                *[service.confidence, service.doubt],
                *([check.day, check.due] if check else ["", ""]),
            ]


def as_csv(services):
    """Return the register as a CSV file, one row a route."""
    response = HttpResponse(
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="register.csv"'},
    )
    # The mark at the start makes Excel read it as UTF-8.
    response.write("\ufeff")
    writer = csv.writer(response)
    writer.writerow(COLUMNS)
    for row in rows(services):
        writer.writerow([harmless(cell) for cell in row])
    return response
