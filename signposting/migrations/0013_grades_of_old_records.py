"""What was graded before keeps its meaning, in the working copies and in what readers have.

What pages disagreed on, or nobody had confirmed, is not settled; two prices that were said
in different words are one. A release is never changed: where one holds an old grade, a new
release takes its place.
"""

from django.db import migrations
from django.utils import timezone

from signposting.releases import digest

CONFIDENCE = {"conflict": "open", "unconfirmed": "open"}
COST = {"standard-03": "standard", "free-online": "free"}
REASON = "Graded in new words. No number, address or hour is another."


def of_working_copies(apps, schema_editor):
    Service, Route = (apps.get_model("signposting", name) for name in ("Service", "Route"))
    Service.objects.filter(confidence__in=CONFIDENCE).update(confidence="open")
    Route.objects.filter(hours_confidence__in=CONFIDENCE).update(hours_confidence="open")
    for old, new in COST.items():
        Route.objects.filter(cost=old).update(cost=new)


def of_releases(apps, schema_editor):
    Release = apps.get_model("signposting", "Release")
    newest = {row.service_id: row for row in Release.objects.order_by("number")}
    for last in newest.values():
        content = {
            **last.content,
            "service": regraded(last.content["service"]),
            "routes": [regraded(route) for route in last.content["routes"]],
        }
        if content != last.content and digest.is_right(last):
            made = Release(
                service_id=last.service_id,
                number=last.number + 1,
                kind="loaded",
                content=content,
                reason=REASON,
                made_at=timezone.now(),
            )
            made.digest = digest.sign(made)
            made.save()


def regraded(found):
    said = dict(found)
    for name, words in (
        ("confidence", CONFIDENCE),
        ("hours_confidence", CONFIDENCE),
        ("cost", COST),
    ):
        if name in said:
            said[name] = words.get(said[name], said[name])
    return said


class Migration(migrations.Migration):
    dependencies = [("signposting", "0012_grades")]
    operations = [
        migrations.RunPython(of_working_copies, migrations.RunPython.noop),
        migrations.RunPython(of_releases, migrations.RunPython.noop),
    ]
