"""What awareness has for an edition: its addresses, and when time alone changes them."""

from datetime import datetime, time, timedelta

from django.db.models import Min, Q
from django.urls import reverse
from django.utils import timezone

from publishing.sources import Address, EditionSource, register

from . import feedback
from .models import Kind, Release


def addresses(moment):
    """Return the addresses that are public at an aware moment, those taken down unlisted."""
    public = list(Release.objects.public(moment).defer("blocks"))
    changes = {release.get_absolute_url(): changed(release, moment) for release in public}
    once = Release.objects.begun(moment).defer("blocks")
    down = {release.get_absolute_url() for release in once} - changes.keys()
    home = reverse("awareness:home")
    lists = {
        reverse(f"awareness:{kind.place.list_name}"): [kind] for kind in Kind if kind.place.folder
    }
    # Home lists a little of everything.
    for path, kinds in {**lists, home: Kind}.items():
        of_list = [changes[r.get_absolute_url()] for r in public if r.kind in kinds]
        changes[path] = max(of_list, default=None)
    down.discard(home)
    return [
        *(Address(path, changed=when) for path, when in changes.items()),
        *(Address(path, listed=False) for path in down),
        Address(reverse("awareness:feedback")),
        Address(reverse("awareness:thanks"), listed=False),
    ]


def changed(release, moment):
    """Return when a page's words last changed: published, begun as a campaign, or over."""
    days = [day for day in campaign_moments(release) if day <= moment]
    return max([release.live_from, *days])


def campaign_moments(release):
    """Return when a campaign begins and when it is over: midnights in the United Kingdom."""
    if release.kind != Kind.CAMPAIGN:
        return []
    return [midnight(release.first_day), midnight(release.last_day + timedelta(days=1))]


def midnight(day):
    return timezone.make_aware(datetime.combine(day, time.min))


def next_moment(after):
    """Return when time alone next changes a page after an aware moment, or None."""
    bounds = Release.objects.standing().aggregate(
        begins=Min("live_from", filter=Q(live_from__gt=after)),
        ends=Min("live_until", filter=Q(live_until__gt=after)),
    )
    campaigns = Release.objects.public(after).filter(kind=Kind.CAMPAIGN).defer("blocks")
    days = [day for release in campaigns for day in campaign_moments(release) if day > after]
    return min(filter(None, [*bounds.values(), *days]), default=None)


register(
    EditionSource(
        "awareness",
        addresses=addresses,
        next_moment=next_moment,
        daily=feedback.delete_old,
    )
)
