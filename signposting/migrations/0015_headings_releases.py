"""Readers keep the areas and groups that they have: a release of what stands in the rows."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models
from django.utils import timezone

from publishing import signatures
from signposting.models.headings import words

REASON = "What readers had before two people agreed it, taken over by whoever runs the site."


def values(row):
    return {f.name: getattr(row, f.name) for f in row._meta.concrete_fields if f.name != "id"}


def release(apps, schema_editor):
    areas, needs = (
        [values(row) for row in apps.get_model("signposting", name).objects.all()]
        for name in ("Area", "Need")
    )
    if not areas and not needs:
        return
    made = apps.get_model("signposting", "HeadingsRelease")(
        content={"areas": areas, "needs": needs}, reason=REASON, agreed_at=timezone.now()
    )
    made.digest = signatures.sign(words(made))
    made.save()


class Migration(migrations.Migration):
    dependencies = [
        ("signposting", "0014_areas_and_needs"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='HeadingsRelease',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content', models.JSONField(editable=False)),
                ('reason', models.CharField(max_length=200, verbose_name='why')),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='asked')),
                ('agreed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='agreed')),
                ('dropped_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='dropped')),
                ('digest', models.CharField(blank=True, editable=False, max_length=64)),
                ('agreed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('asked_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'change of areas and groups',
                'verbose_name_plural': 'changes of areas and groups',
                'ordering': ['-agreed_at', '-pk'],
                'default_permissions': ['add', 'change', 'view'],
                'constraints': [models.CheckConstraint(condition=models.Q(('agreed_by', None), models.Q(('asked_by__isnull', False), models.Q(('agreed_by', models.F('asked_by')), _negated=True)), _connector='OR'), name='headingsrelease_agreed_by_another', violation_error_message='Somebody else must agree. You cannot agree what you asked for.'), models.CheckConstraint(condition=models.Q(('dropped_at', None), ('agreed_at', None), _connector='OR'), name='headingsrelease_agreed_or_dropped', violation_error_message='This was settled before. Ask again.'), models.UniqueConstraint(condition=models.Q(('agreed_at', None), ('dropped_at', None)), fields=('digest',), name='one_headingsrelease_waiting', violation_error_message='A change waits already. Agree it or drop it first.')],
            },
        ),
        migrations.RunPython(release, migrations.RunPython.noop),
    ]
