"""Numbers and addresses that were asked for become requests of releases; the table goes.

What was settled stays as history. What waits stays waiting, one for each service: where two
routes wait, what the same person asked for goes together, and the rest is dropped.
"""

from copy import deepcopy

from django.db import migrations
from django.utils import timezone

REACH = ("dial", "display", "address")


def carry_over(apps, schema_editor):
    Release = apps.get_model("signposting", "Release")
    changes = apps.get_model("signposting", "NumberChange").objects.select_related("route")
    waiting = {}
    for change in changes.order_by("asked_at", "pk"):
        release = Release.objects.filter(service=change.route.service_id).first()
        reach = {name: getattr(change, name) for name in REACH}
        request = apps.get_model("signposting", "ReleaseRequest")(
            service_id=change.route.service_id,
            content={"routes": [{"key": change.route.key, **reach}]},
            base=release.number if release else 0,
            **{
                name: getattr(change, name)
                for name in ("reason", "asked_by_id", "asked_at", "agreed_by_id", "agreed_at")
            },
            dropped_at=change.dropped_at,
        )
        if change.agreed_at or change.dropped_at:
            request.save()
            continue
        first = waiting.get(request.service_id)
        if first and first.asked_by_id == request.asked_by_id:
            put(first.content, change)
            first.save()
        elif first or not release:
            request.dropped_at = timezone.now()
            request.save()
        else:
            request.content = deepcopy(release.content)
            request.content["service"]["status"] = "published"
            put(request.content, change)
            request.save()
            waiting[request.service_id] = request


def put(content, change):
    for route in content["routes"]:
        if route["key"] == change.route.key:
            route.update({name: getattr(change, name) for name in REACH}, held=False)


class Migration(migrations.Migration):
    dependencies = [("signposting", "0009_two_people")]
    operations = [
        migrations.RunPython(carry_over, migrations.RunPython.noop),
        migrations.DeleteModel(name="NumberChange"),
    ]
