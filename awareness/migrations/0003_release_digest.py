from django.db import migrations, models

from awareness import digest


def sign(apps, schema_editor):
    """What a database holds today counts as published: from now on a change of it shows."""
    releases = apps.get_model("awareness", "Release").objects
    for release in releases.all().iterator():
        releases.filter(pk=release.pk).update(digest=digest.sign(release))


class Migration(migrations.Migration):
    dependencies = [("awareness", "0002_addresses")]

    operations = [
        migrations.AddField(
            "release", "digest", models.CharField(blank=True, default="", editable=False, max_length=64),
            preserve_default=False,
        ),
        migrations.RunPython(sign, migrations.RunPython.noop),
    ]
