"""What readers will see change by itself, of one page or of all: worked out from its releases."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.db.models import Q
from django.utils import timezone

from ..edition_source import campaign_moments
from ..models import Kind, Page, Release

CAMPAIGN_DAYS = ("it says that the campaign is on", "it says that the campaign is over")


@dataclass(frozen=True)
class Change:
    """At an aware moment something changes of a page, in `words`.

    `release` is the one that begins or ends then, if its time can still be changed; None once
    it has begun, and for the days of a campaign.
    """

    at: datetime
    page: Page
    words: str
    release: Release | None = None


def in_force(releases, moment):
    """Return which of a page's standing releases is in force at an aware moment, or None."""
    can = [r for r in releases if r.live_from <= moment and not ended(r, moment)]
    return max(can, key=lambda release: (release.live_from, release.number), default=None)


def ended(release, moment):
    return release.live_until is not None and release.live_until <= moment


def turns(releases, after):
    """Yield (moment, release, the one before), for each later moment at which another is in force."""
    bounds = {release.live_from for release in releases}
    bounds |= {release.live_until for release in releases if release.live_until}
    before = in_force(releases, after)
    for bound in sorted(bound for bound in bounds if bound > after):
        release = in_force(releases, bound)
        if release != before:
            yield bound, release, before
        before = release


def in_words(release, before, bound):
    """Return what a release that comes into force at an aware moment does to the one before."""
    if release is None:
        return "the time of the release ends, and the page is taken down"
    if release.withdraws:
        return "the page is withdrawn"
    if release.live_from != bound:
        return f"release {release.number} shows again"
    if before is None or before.withdraws:
        return f"the page is published: readers see release {release.number}"
    return f"release {release.number} takes its place"


def campaign_days(releases, after):
    """Yield (moment, words) for the days of campaigns that readers see when these come."""
    found = {
        (day, words)
        for release in releases
        for day, words in zip(campaign_moments(release), CAMPAIGN_DAYS, strict=False)
        if day > after and release == in_force(releases, day) and not release.withdraws
    }
    yield from sorted(found)


def changes(after):
    """Return the Changes of all pages after an aware moment, the next first, with one query."""
    coming = Release.objects.standing().filter(
        Q(live_from__gt=after)
        | Q(live_until__gt=after)
        | Q(kind=Kind.CAMPAIGN, last_day__gte=timezone.localdate(after))
    )
    standing = Release.objects.standing().filter(page__in=coming.order_by().values("page"))
    found = []
    for _, of_page in groupby(
        standing.order_by("page_id").select_related("page").defer("blocks"),
        lambda each: each.page_id,
    ):
        found += of_one(list(of_page), after)
    return sorted(found, key=lambda change: change.at)


def of_one(releases, after):
    """Return the Changes of one page, from its standing releases."""
    if not releases:
        return []
    page = releases[0].page
    found = [
        Change(
            bound, page, in_words(release, before, bound), waiting(release, before, bound, after)
        )
        for bound, release, before in turns(releases, after)
    ]
    return found + [Change(day, page, words) for day, words in campaign_days(releases, after)]


def waiting(release, before, bound, after):
    """Return the release, not yet begun, whose beginning or end this is; or None."""
    its_beginning = release is not None and release.live_from == bound
    its_own = release if its_beginning else before
    return its_own if its_own and its_own.live_from > after else None
