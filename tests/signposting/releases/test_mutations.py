"""A digit changed anywhere in the register: refused, or alarmed and never printed."""

import json
import random
import re

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet

from publishing import gate, sources
from publishing.printing import editions
from safety.card import CARD
from signposting import releases
from signposting.models import Release, Route, Service

from ...publishing.builders import make_edition
from ...publishing.gate.spellings import looked_at
from ...publishing.test_mutations import mutated
from ..keepers import save, sign_in, url

SEED, SOME, ALL = 20261126, 60, 1000
LINK = re.compile(r'href="((?:tel|sms|mailto|https):[^"]+)"')
REFUSED = re.compile("is typed into the text|reads as a number|hides or imitates")
HOW = [
    "form: a number in the words",
    "form: fields that it does not show",
    "form: the website",
    "ORM: the working copy",
    "SQL: the working copy",
    "SQL: the release",
    "SQL: the release, dialled alone",
    "SQL: the release, shown alone",
    "SQL: both",
]


@pytest.fixture
def unguarded(register, settings, tmp_path):
    """As for the owner of the database, whom no trigger stops; readers have an edition."""
    settings.EDITIONS_DIR = tmp_path / "editions"
    editions.switch(editions.write(make_edition()))
    table = " ON signposting_release" if connection.vendor == "postgresql" else ""
    connection.cursor().execute(f"DROP TRIGGER signposting_release_frozen{table}")


def reached(slug):
    """Return (every link out of the pages of a service, the gate's problems)."""
    html, problems = looked_at([f"/help/{slug}/", "/sheet/"])
    return set(LINK.findall(html)), problems


def other(text, rng):
    while (new := mutated(text, rng)) == text or not new.isascii():
        pass
    return new


def by_form(how, route, rng, alice):
    """Try it as a keeper. Return whether what came of it was refused when it was asked for."""
    service = route.service
    # One digit from 111 is 112, which is known too.
    known = sources.known().dials
    while (wrong := other(route.display, rng)).replace(" ", "") in known:
        pass
    if how.endswith("words"):
        save(alice, url(service.pk, "change"), caution=f"Or call {wrong}.")
    elif how.endswith("website"):
        address = f"/admin/signposting/organisation/{service.organisation_id}/change/"
        save(alice, address, website=f"https://www.example{rng.randint(1, 99)}.org/")
    else:
        address = f"/admin/signposting/route/{route.pk}/change/"
        save(alice, address, dial=wrong.replace(" ", ""), display=wrong)
        route.refresh_from_db()
        assert route.display != wrong
    if how.endswith("words"):
        with pytest.raises(ValidationError) as refused:
            releases.ask(service, {}, "Their own page.", alice.user)
        said = [words for words in refused.value.messages if "which is not there" not in words]
        assert any(REFUSED.search(words) for words in said), (wrong, said)


def by_orm(route, rng):
    shown = other(route.display, rng)
    try:
        with transaction.atomic():
            Route.objects.filter(pk=route.pk).update(display=shown, dial=shown.replace(" ", ""))
    except IntegrityError:
        pass  # refused by the database itself


def by_sql(route, rng):
    shown = other(route.display, rng)
    sql = "UPDATE signposting_route SET dial = %s, display = %s WHERE id = %s"
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, [shown.replace(" ", ""), shown, route.pk])
    except IntegrityError:
        pass


def in_release(how, route, rng):
    """Change the number in the release in force, past everything but its digest."""
    release = Release.objects.newest().get(service=route.service_id)
    content = json.loads(json.dumps(release.content))
    found = next(row for row in content["routes"] if row["key"] == route.key)
    shown = other(found["display"], rng)
    if "shown alone" not in how:
        found["dial"] = shown.replace(" ", "")
    if "dialled alone" not in how:
        found["display"] = shown
    QuerySet(Release).filter(pk=release.pk).update(content=content)


@pytest.mark.long
def test_every_way_is_refused_or_alarmed_and_never_reaches_readers(unguarded, every):
    first, of = every or (0, 1)
    rng, alice = random.Random(f"{SEED} {first}"), sign_in("alice")
    alice.user = get_user_model().objects.get(username="alice")
    routes = list(
        Route.objects.exclude(dial="").filter(held_because="", service__status="published")
    )
    right = {service: reached(service)[0] for service in {r.service.slug for r in routes}}
    assert "tel:08088020300" in right["national-stalking-helpline"]
    for turn in range(first, ALL if every else SOME, of):
        how, route = HOW[turn % len(HOW)], rng.choice(routes)
        slug = route.service.slug
        with transaction.atomic():
            if how.startswith("form"):
                by_form(how, Route.objects.get(pk=route.pk), rng, alice)
            elif how.startswith("ORM"):
                by_orm(route, rng)
            elif how.startswith("SQL: the release"):
                in_release(how, route, rng)
            else:
                by_sql(route, rng)
                if how.endswith("both"):
                    in_release(how, route, rng)
            links, problems = reached(slug)
            assert links <= right[slug], (how, slug, links - right[slug])
            if "release" in how or "both" in how:
                # A page that names a number which is set aside is refused: its last print stands.
                assert any(str(route.service) in said for said in sources.alarms()), (how, slug)
            else:
                assert links == right[slug], (how, slug)
                assert problems == [], (how, slug)
            transaction.set_rollback(True)


@pytest.mark.long
def test_the_numbers_of_emergencies_are_constants_whatever_the_register_says(unguarded):
    rng = random.Random(SEED)
    services = Service.objects.filter(emergency=True)
    assert services.count() > 3
    for service in services:
        right, _ = reached(service.slug)
        release = Release.objects.newest().get(service=service)
        wrong = json.loads(json.dumps(release.content))
        for route in wrong["routes"]:
            route["dial"] = route["display"] = other("999", rng)
        QuerySet(Release).filter(pk=release.pk).update(content=wrong)
        links, _ = reached(service.slug)
        assert links <= right
        html, _ = looked_at([f"/help/{service.slug}/"])
        assert gate.parse("/", html).card == gate.parse("card", CARD).card
