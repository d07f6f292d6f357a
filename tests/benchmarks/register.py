"""What the register costs: /help/, the open data and a print, at launch and with 500 services."""

import time

from .tools import Target, compare, say, site, take_turns

SERVICES = 500
MORE = f"""
from signposting.models import Check, Route, Service
model = Service.objects.get(slug="national-stalking-helpline")
hours = list(model.first_route.weekly_hours.all())
for n in range({SERVICES} - Service.objects.count()):
    route, check = model.first_route, model.last_check
    service = Service.objects.get(pk=model.pk)
    service.pk, service.slug, service.name = None, f"service-{{n}}", f"Service {{n}}"
    service.status, service.first_route, service.last_check = "draft", None, None
    service.save()
    check.pk, check.service = None, service
    check.save()
    route.pk, route.service = None, service
    route.dial = route.display = f"0115496{{n:04}}"
    route.save()
    for row in hours:
        row.pk, row.route = None, route
        row.save()
    service.first_route, service.last_check, service.status = route, check, "published"
    service.save()
    model.refresh_from_db()
print(Service.objects.count(), "services")
"""
PATHS = {
    "/help/, from the edition": "/help/",
    "a list of the open data, from the edition": "/api/open-referral/v3/services",
    "a search of it, by Django": "/api/open-referral/v3/services?search=women",
}


def run():
    with site(workers=1) as server:
        for name in ("launch content", f"{SERVICES} services"):
            if name != "launch content":
                say(server.manage("shell", "-c", MORE).strip())
            began = time.monotonic()
            said = server.manage("edition", "print").strip()
            say(f"{name}: printed in {time.monotonic() - began:.1f} s. {said}")
            pids = server.workers()
            targets = {what: Target(server.url + path, pids) for what, path in PATHS.items()}
            compare(f"The register, {name}", take_turns(targets, rounds=3))
