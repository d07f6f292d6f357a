"""What a database of an older version holds is released as it is, and what waits stays waiting."""

import json
import os
import subprocess
import sys

import pytest

from ...postgresql import patient
from ...server import ROOT

# A database as it was before releases, with two services and a number that waits; then migrated.
PROGRAM = """
import datetime, json, django
django.setup()
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

executor = MigrationExecutor(connection)
before = [("signposting", "0005_builtin_checks")]
executor.migrate(before)
old = executor.loader.project_state(before).apps.get_model
user = old("auth", "User").objects.create(username="alice")
run = old("signposting", "Organisation").objects.create(slug="o", name="O", description="O.")
made = {}
for slug, status in (("police-101", "draft"), ("line", "draft"), ("later", "draft")):
    service = old("signposting", "Service").objects.create(
        slug=slug, name=slug, organisation=run, group=5, what="W.", who="W.", confidence="two",
        source="S.", do_not_say="Only for staff.", status=status)
    route = old("signposting", "Route").objects.create(
        service=service, key="phone", kind="voice", hours="weekly",
        dial="01150000000", display="0115 000 0000")
    old("signposting", "WeeklyHours").objects.create(
        route=route, day=0, opens=datetime.time(9), closes=datetime.time(17))
    check = old("signposting", "Check").objects.create(
        service=service, how="read", where="x", day="2026-11-22", due="2026-12-22")
    service.first_route, service.last_check = route, check
    service.save()
    made[slug] = service, route
for slug, other in (("police-101", "line"), ("line", "police-101")):
    service, route = made[slug]
    service.status, service.alternative = "published", made[other][0]
    service.save()
old("signposting", "NumberChange").objects.create(
    route=made["line"][1], dial="01150000001", display="0115 000 0001", reason="R.", asked_by=user)
# Areas and groups as keepers had them before they took two people: readers saw what was saved.
executor = MigrationExecutor(connection)
older = [("signposting", "0014_areas_and_needs")]
executor.migrate(older)
old = MigrationExecutor(connection).loader.project_state(older).apps.get_model
old("signposting", "Area").objects.filter(slug="nottinghamshire").update(name="Our county")
old("signposting", "Need").objects.filter(number=5).update(heading="First of all", position=5)
executor = MigrationExecutor(connection)
executor.migrate(executor.loader.graph.leaf_nodes())

from django.utils import timezone
from safety.identity import content, in_force
from signposting import headings, releases
from signposting.models import Area, HeadingsRelease, Need, Release, ReleaseRequest
content.load()
owner = in_force.owner()
from signposting.presenters import everyone
shown = everyone(timezone.now())
request = ReleaseRequest.objects.waiting().get()
print(json.dumps({
    "services": sorted(shown),
    "numbers": [route.number for route in shown["line"].routes],
    "hours": shown["line"].routes[0].hours[0],
    "instead": shown["line"].service.alternative.slug,
    "from": Release.objects.order_by("number").first().reason,
    "alarms": releases.alarms() + headings.alarms(),
    "headings": [headings.now().areas["nottinghamshire"].name, headings.now().needs[5].heading],
    "same": headings.difference(headings.now(), headings.typed()),
    "signed": [each.is_right for each in HeadingsRelease.objects.all()],
    "asked": [request.asked_by.username, request.reason],
    "to type": [place.value for place in releases.to_type(request)],
    "groups": dict(Need.objects.values_list("number", "anchor")),
    "areas": list(Area.objects.values_list("slug", flat=True)),
    "owner": [owner.organisation, owner.contact, owner.exit_url],
    "staff": "Only for staff" in str(list(Release.objects.values_list("content"))),
}))
"""
# What such a site had said by its settings.
OWNER = {
    "SITE_OWNER": "The force",
    "SITE_CONTACT": "team@force.example",
    "EXIT_URL": "https://weather.example/today",
}


@pytest.mark.slow
@pytest.mark.parametrize(
    "kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]
)
def test_readers_keep_what_they_had(kind, tmp_path, request):
    url = f"sqlite:///{tmp_path / 'site.sqlite3'}"
    if kind == "postgresql":
        postgresql = request.getfixturevalue("postgresql")
        postgresql.sql("DROP DATABASE IF EXISTS older")
        postgresql.sql("CREATE DATABASE older")
        url = patient(postgresql.url("older"))
    environ = {"DJANGO_SETTINGS_MODULE": "config.settings", "DATA_DIR": str(tmp_path), **OWNER}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=ROOT,
        env={**os.environ, **environ, "DATABASE_URL": url},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["services"] == ["line", "police-101"]
    assert found["numbers"] == ["0115\xa0000\xa00000"]
    # Nobody had confirmed them: they stay in the register, and readers are told to ask.
    assert found["hours"] == "Hours: ask when you call."
    assert found["instead"] == "police-101"
    assert "before releases came" in found["from"]
    assert found["alarms"] == []
    assert found["asked"] == ["alice", "R."]
    assert found["to type"] == ["01150000001"]
    # What was code and settings became rows.
    assert found["groups"]["5"] == "more"
    assert len(found["groups"]) == 10
    assert {"nottinghamshire", "unstated"} <= set(found["areas"])
    # And as it was saved last, signed, and nothing of it lost.
    assert found["headings"] == ["Our county", "First of all"]
    assert found["same"] == []
    assert found["signed"] == [True]
    assert found["owner"] == list(OWNER.values())
    assert not found["staff"]
