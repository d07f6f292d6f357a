"""Readers keep what they have: a release of each service that they see today."""

from django.db import migrations

from signposting.releases import digest

REASON = "What readers had before releases came, taken over by whoever runs the site."
LEFT_OUT = {"do_not_say", "source", "withheld_because", "changed", "held_because"}
LEFT_OUT |= {"where", "recorded"}
TABLES = {"weekly_hours": "WeeklyHours", "exceptional_days": "ExceptionalDay", "closures": "Closure"}


def values(row):
    found = {}
    for field in row._meta.concrete_fields:
        if field.is_relation or field.primary_key or field.name in LEFT_OUT:
            continue
        value = getattr(row, field.name)
        found[field.name] = value.isoformat() if hasattr(value, "isoformat") else value
    return found


def freeze(apps, service):
    check, found = service.last_check, []
    for route in apps.get_model("signposting", "Route").objects.filter(service=service):
        row = {"id": route.pk, "held": bool(route.held_because)}
        row |= {"hours_check": route.hours_check_id, **values(route)}
        for name, model in TABLES.items():
            rows = apps.get_model("signposting", model).objects.filter(route=route)
            row[name] = [values(each) for each in rows]
        if row["held"] or service.status != "published":
            row.update(held=True, dial="", display="", address="")
        found.append(row)
    alternative, first = service.alternative, service.first_route
    beside = {"alternative": alternative and alternative.slug, "first_route": first and first.key}
    return {
        "service": values(service) | beside,
        "organisation": {"id": service.organisation_id} | values(service.organisation),
        "check": check and {"id": check.pk} | values(check),
        "routes": found,
    }


def release(apps, schema_editor):
    Release = apps.get_model("signposting", "Release")
    for service in apps.get_model("signposting", "Service").objects.exclude(status="draft"):
        made = Release(
            service=service,
            number=1,
            kind="loaded",
            content=freeze(apps, service),
            made_at=service.changed,
            reason=REASON,
        )
        made.digest = digest.sign(made)
        made.save()


class Migration(migrations.Migration):
    dependencies = [("signposting", "0006_releases")]
    operations = [migrations.RunPython(release, migrations.RunPython.noop)]
