import django.db.models.functions.text
from django.db import migrations, models

HELP = (
    "The last part of the page's address, such as staying-safe. Keep it neutral: it stays in the "
    "history of a reader's phone. If you change it later, the old one leads here."
)


def write_small(apps, schema_editor):
    """Addresses in capitals were hard to reach: readers type small letters."""
    pages = apps.get_model("awareness", "Page").objects
    for page in pages.all():
        small = page.slug.lower()
        others = set(pages.filter(kind=page.kind).exclude(pk=page.pk).values_list("slug", flat=True))
        if small != page.slug:
            number = 1
            while small in others:
                number += 1
                small = f"{page.slug.lower()[:50]}-{number}"
            pages.filter(pk=page.pk).update(slug=small)


class Migration(migrations.Migration):

    dependencies = [
        ("awareness", "0004_preview_links_and_lengths"),
    ]

    operations = [
        *(
            migrations.AlterField(
                model_name=name,
                name="slug",
                field=models.SlugField(help_text=HELP, max_length=60, verbose_name="address"),
            )
            for name in ("page", "previewlink", "release")
        ),
        migrations.RunPython(write_small, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="page",
            constraint=models.CheckConstraint(
                condition=models.Q(("slug", django.db.models.functions.text.Lower("slug"))),
                name="awareness_page_small_letters",
                violation_error_message="Write the address in small letters.",
            ),
        ),
    ]
