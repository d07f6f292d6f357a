"""What is wrong in a folder of the register is said before anything of it is kept, with its file."""

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.management.base import CommandError

from ..models import Area, Need, Organisation, Route, Service

# What a record has besides the fields of a service, and a route besides those of a route.
BESIDE = {"routes", "checked", "file"}
BESIDE_ROUTE = {"weekly"}
# Filled in when all services are there.
LATER = {"first_route", "last_check", "alternative"}
# What stands in every record but those of the emergency table, which has it itself.
NEEDED = (
    "name",
    "organisation",
    "group",
    "what",
    "who",
    "confidence",
    "source",
    "alternative",
    "routes",
)


def services(records):
    """Refuse records that cannot be services. Raises CommandError with every sentence.

    `records` is slug -> record, as signposting.content.services() returns it; areas, groups and
    organisations are in the database.
    """
    known = {
        "area": set(Area.objects.values_list("slug", flat=True)),
        "group": set(Need.objects.values_list("number", flat=True)),
        "organisation": set(Organisation.objects.values_list("slug", flat=True)),
        "alternative": set(records),
    }
    found = []
    for slug, record in records.items():
        found += [f"{record['file']}, [{slug}]: {words}" for words in of_record(record, known)]
    if found:
        raise CommandError("\n".join(found))


def of_record(record, known):
    if not record["emergency"]:
        yield from (f"“{name}” is missing." for name in NEEDED if not record.get(name))
    yield from unknown(record, names(Service) | BESIDE)
    for name, values in known.items():
        if name in record and record[name] not in values:
            yield f"{name} = {record[name]!r}: there is none of that name. There are: {listed(values)}."
    for route in record.get("routes", []):
        yield from unknown(route, names(Route) | BESIDE_ROUTE)


def unknown(record, allowed):
    return [f"“{name}” is not known. Is it a typing mistake?" for name in record.keys() - allowed]


def names(model):
    return {field.name for field in model._meta.get_fields()}


def listed(values):
    return ", ".join(str(value) for value in sorted(values))


def fields(service, record, slug):
    """Refuse a service that is not saved yet, by its fields. Raises CommandError."""
    try:
        service.full_clean(exclude=LATER, validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        said = " ".join(
            "".join([*([f"{name}: "] if name != NON_FIELD_ERRORS else []), *messages])
            for name, messages in error.message_dict.items()
        )
        raise CommandError(f"{record['file']}, [{slug}]: {said}") from None


def table(said, records):
    """Refuse a table of who to contact that names what is not in the register."""
    steps = {
        step for row in said.get("rows", []) for each in row["steps"] for step in as_list(each)
    }
    missing = (steps | set(said.get("reasons", {}))) - set(records)
    if missing:
        raise CommandError(f"contact.toml: no service is called {listed(missing)}.")


def as_list(step):
    return [step] if isinstance(step, str) else step
