"""The register's launch content, and the one way it gets into the database."""

from datetime import date, time

from django.contrib.auth.models import Group, Permission
from django.db import transaction

from publishing.printing import editions, taken_off
from publishing.printing import records as printed
from safety import emergency
from safety.accounts.roles import KEEPERS
from safety.identity import toml_files

from .. import headings, releases
from ..models import (
    Area,
    Check,
    HeadingsRelease,
    LinkHost,
    Need,
    Organisation,
    Release,
    Route,
    Service,
    WeeklyHours,
)
from ..models.checks import CHECK_EVERY
from . import checked
from .folder import content_folder

GATHERED = date(2026, 11, 22)
LOADED = "The site’s own file {}, loaded by whoever runs the site."
# Every other file of the folder is of services.
BESIDE = {"areas", "needs", "organisations", "link-hosts", "contact"}


def read(name):
    """Return one file of the content as a dictionary: slug to record."""
    return toml_files.read(content_folder() / f"{name}.toml")


def services():
    """Return every service of the content: slug to record, danger first."""
    names = {file.stem for file in content_folder().glob("*.toml")} - BESIDE - {"emergency"}
    found = {}
    for name in ["emergency", *sorted(names)]:
        for slug, record in read(name).items():
            found[slug] = {**record, "emergency": name == "emergency", "file": f"{name}.toml"}
    return found


@transaction.atomic
def load():
    """Load the register's launch content. Return how many services were added, and kept.

    What is there stays as somebody left it, except the emergency routes, which nobody
    can change in the admin: they follow the site's own table. What comes into an empty
    register counts as agreed; what comes later is a draft, until two people agree.
    """
    make_group()
    make_headings()
    for address in read("link-hosts")["hosts"]:
        # One that a keeper took off is known, and stays off, also where its row was deleted.
        is_off = f"{address} in links" in taken_off.read(editions.root())
        if not is_off and not LinkHost.objects.filter(address=address).exists():
            LinkHost(address=address).agree()
    for slug, record in read("organisations").items():
        Organisation.objects.get_or_create(slug=slug, defaults=record)
    records = services()
    known = set(Service.objects.values_list("slug", flat=True))
    if not known:
        # Later, areas and groups are what keepers made of them: no upgrade may fail by that.
        checked.services(records)
        if (content_folder() / "contact.toml").is_file():
            checked.table(read("contact"), records)
    new = [slug for slug in records if slug not in known]
    # One that was printed was emptied since: what it had at launch must not come back by that.
    is_first = not known and not printed.last_kept("signposting")
    for slug in new:
        add(slug, records[slug])
    for slug in new:
        is_agreed = is_first or records[slug]["emergency"]
        make_public(slug, records[slug], is_agreed)
    for slug, record in records.items():
        if record["emergency"] and slug in known:
            Service.objects.filter(slug=slug).update(**service_fields(record))
            for position, route in enumerate(record["routes"]):
                Route.objects.update_or_create(
                    service=Service.objects.get(slug=slug),
                    key=route["key"],
                    defaults={"words": "", "label": "", **route, "position": position * 10},
                )
    agreed = {slug for slug in new if is_first}
    release(
        {slug: record for slug, record in records.items() if slug in agreed or record["emergency"]}
    )
    return len(new), len(known)


def make_group():
    """Make the keepers' group; one that is there gains what is new, and loses nothing."""
    group, _ = Group.objects.get_or_create(name=KEEPERS)
    group.permissions.add(
        *Permission.objects.filter(content_type__app_label="signposting").exclude(
            codename__startswith="delete_", content_type__model__in=["service", "check"]
        )
    )


def make_headings():
    """Make the areas and the groups of the help page where there are none.

    Those that come into an empty register count as agreed by their files.
    """
    is_first = not Area.objects.exists() and not Need.objects.exists()
    for model, key, name in ((Area, "slug", "areas"), (Need, "number", "needs")):
        if not model.objects.exists():
            for value, record in read(name).items():
                row = model(**{key: model._meta.get_field(key).to_python(value), **record})
                row.full_clean()
                row.save()
    # What was printed was emptied since: what it had at launch must not come back by that.
    if is_first and not printed.last_kept("headings"):
        agreed = headings.as_rows(headings.typed())
        HeadingsRelease(content=agreed, reason=LOADED.format("areas.toml and needs.toml")).agree()


def service_fields(record):
    """Return the fields of a service that stand in its record, or in the emergency table."""
    names = {field.name for field in Service._meta.get_fields()}
    fields = {key: value for key, value in record.items() if key in names}
    for key in ("routes", "organisation", "alternative", "status"):
        fields.pop(key, None)
    if record["emergency"]:
        constant = emergency.ROUTES[record["routes"][0]["emergency"]]
        for key in ("who", "confidence", "source"):
            fields.setdefault(key, getattr(constant, key))
        # Words that the table no longer has go from the record too.
        for key in ("doubt", "caution", "access", "do_not_say"):
            fields.setdefault(key, "")
    return fields


def add(slug, record):
    organisation = Organisation.objects.get(slug=record["organisation"])
    service = Service(
        slug=slug, organisation=organisation, **{**service_fields(record), "emergency": False}
    )
    checked.fields(service, record, slug)
    service.save()
    for position, route in enumerate(record["routes"]):
        weekly = route.pop("weekly", {})
        row = Route.objects.create(service=service, position=position * 10, **route)
        for day, span in weekly.items():
            opens, closes = span.split("-")
            WeeklyHours.objects.create(
                route=row,
                day=WeeklyHours.Day[day.upper()],
                opens=time.fromisoformat(opens),
                closes=time.fromisoformat(closes),
            )
    service.first_route = service.routes.first()
    service.last_check = Check.objects.create(
        service=service,
        how=Check.How.READ,
        where=record.get("checked") or service.source,
        day=GATHERED,
        due=GATHERED + CHECK_EVERY,
    )
    service.save()


def make_public(slug, record, is_agreed):
    """Give a service its alternative and its status, once all services exist."""
    service = Service.objects.get(slug=slug)
    service.alternative = Service.objects.get(slug=record["alternative"])
    if is_agreed:
        service.status = record.get("status", Service.Status.PUBLISHED)
    service.emergency = record["emergency"]
    service.save()


def release(records):
    """Release what was loaded, unless readers have it as it is."""
    had = {row.service_id: releases.filled(row.content) for row in Release.objects.newest()}
    for service in Service.objects.whole().filter(slug__in=records).exclude(status="draft"):
        content = releases.freeze(service)
        if content != had.get(service.pk):
            file = records[service.slug]["file"]
            reason = LOADED.format(file)
            releases.make(service, content, Release.Kind.LOADED, reason)
