"""Many pages at once, for tests that count queries."""

from datetime import date, timedelta

from django.utils import timezone

from awareness import digest
from awareness.models import Page, Quotation, Release, Text


def make(count):
    """Make so many campaigns: public, changed since, with a release to come and a quotation."""
    now = timezone.now()
    already = Page.objects.count()
    head = {
        "kind": "campaign",
        "summary": "S.",
        "first_day": date(2027, 4, 19),
        "last_day": date(2027, 4, 23),
    }
    pages = Page.objects.bulk_create(
        Page(slug=f"w-{already + n}", title=f"Week {already + n}", **head) for n in range(count)
    )
    Text.objects.bulk_create(Text(parent=p, region="main", html="<p>New.</p>") for p in pages)
    Quotation.objects.bulk_create(
        Quotation(parent=p, region="main", text="So.", name="Ann") for p in pages
    )
    releases = [
        Release(page=p, number=number, slug=p.slug, title=p.title, live_from=live_from, **head)
        for p in pages
        for number, live_from in ((1, now), (2, now + timedelta(days=5)))
    ]
    for release in releases:
        release.digest = digest.sign(release)
    Release.objects.bulk_create(releases)
    return pages
