"""What awareness has for an edition: its addresses, and when time alone changes them."""

import time
from datetime import datetime, timedelta
from datetime import time as time_of_day
from functools import partial
from math import inf

from django.db.models import Min, Q
from django.urls import reverse
from django.utils import timezone

from publishing.printing import snapshot
from publishing.sources import Address, EditionSource, register

from . import feedback, usage
from .campaigns import kit, out_of_date, weeks
from .models import Kind, PreviewLink, Release, lost
from .models.head import address_of


def addresses(moment):
    """Return the addresses that are public at an aware moment, those taken down unlisted."""
    in_force = Release.objects.public(moment).values_list(*SHOWN, named=True)
    public = {address_of(release.kind, release.slug): release for release in in_force}
    made_from = {path: partial(signed, moment, each.page_id) for path, each in public.items()}
    changes = {path: changed(release, moment) for path, release in public.items()}
    once = Release.objects.begun(moment).order_by().values_list("kind", "slug", "page").distinct()
    now_at = {release.page_id: path for path, release in public.items()}
    # What became of each address that has no page now: it moved with it, or was taken down.
    down = {address_of(kind, slug): now_at.get(page, "taken down") for kind, slug, page in once}
    for path in public:
        down.pop(path, None)
    home = reverse("awareness:home")
    lists = {
        reverse(f"awareness:{kind.place.list_name}"): [kind] for kind in Kind if kind.place.folder
    }
    # Home lists a little of everything.
    for path, kinds in {**lists, home: Kind}.items():
        of_list = [changes[place] for place, r in public.items() if r.kind in kinds]
        changes[path] = max(of_list, default=None)
        # What a list shows is in too many places to say: it is made each time.
        made_from.pop(path, None)
    down.pop(home, None)
    return [
        *(Address(path, when, made_from=made_from.get(path)) for path, when in changes.items()),
        *(Address(path, listed=False, made_from=became) for path, became in down.items()),
        *to_take(public, made_from),
        Address(reverse("awareness:feedback")),
        Address(reverse("awareness:thanks"), listed=False),
    ]


def to_take(public, made_from):
    """Return the addresses of what partners take: in no list, and nothing of it in a reader's way."""
    yield Address(reverse("awareness:partners"), listed=False)
    yield Address(reverse("awareness:embed"), listed=False, made_from="the register")
    for path, release in public.items():
        if release.kind == Kind.CAMPAIGN:
            for kind in kit.PAPERS:
                paper = reverse(f"awareness:{kind}", args=[release.slug])
                yield Address(paper, listed=False, made_from=made_from[path])


# What is asked of a release to know its address and the days when its page changes.
SHOWN = ("kind", "slug", "page_id", "live_from", "first_day", "last_day")


def signed(moment, page):
    """Return the digest of the release of a page, by its id: it stands for all that it says.

    None if the release is not as it was published: it is made anew, and so set aside.
    """
    return digests(moment).get(page)


@snapshot.once
def digests(moment):
    return {release.page_id: release.digest for release in lost.public(moment)}


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
    return timezone.make_aware(datetime.combine(day, time_of_day.min))


def next_moment(after):
    """Return when time alone next changes a page after an aware moment, or None."""
    bounds = Release.objects.standing().aggregate(
        begins=Min("live_from", filter=Q(live_from__gt=after)),
        ends=Min("live_until", filter=Q(live_until__gt=after)),
    )
    campaigns = (
        Release.objects.public(after).filter(kind=Kind.CAMPAIGN).values_list(*SHOWN, named=True)
    )
    days = [day for release in campaigns for day in campaign_moments(release) if day > after]
    return min(filter(None, [*bounds.values(), *days]), default=None)


CHANGED = (
    "Release {0.number} of the page {0} is not as it was published. It is set aside: readers keep the "
    "last good print of the page. Look at the working copy, and publish it again."
)
# Seconds for which it stands what was found of a release, while its digest is the same.
LOOK_AGAIN = 20
looked = {"at": -inf, "found": {}}


def alarms():
    """Return a sentence for each release in force or to come that was changed past the newsroom.

    Every screen of the newsroom asks. All the words of a thousand pages are read for it, so they
    are only after LOOK_AGAIN seconds; what was published since is read at once.
    """
    now = timezone.now()
    to_come = Release.objects.standing().filter(live_from__gt=now)
    releases = Release.objects.in_force(now) | to_come
    same = dict(releases.values_list("pk", "digest"))
    if time.monotonic() > looked["at"] + LOOK_AGAIN:
        looked.update(at=time.monotonic(), found={})
    found = looked["found"]
    new = [pk for pk, digest in same.items() if (pk, digest) not in found]
    if new:
        unread = releases.filter(pk__in=new) if found else releases
        found |= {
            (each.pk, each.digest): not each.is_right and CHANGED.format(each) for each in unread
        }
    return [*filter(None, (found.get(release) for release in same.items())), *lost.alarms()]


def daily():
    feedback.delete_old()
    PreviewLink.objects.delete_old()


register(
    EditionSource(
        "awareness",
        addresses=addresses,
        next_moment=next_moment,
        daily=daily,
        alarms=alarms,
        kept=lambda moment: lost.kept(),
        due=lambda moment: [*weeks.due(moment), *out_of_date.due(moment), *usage.due(moment)],
    )
)
