"""Which campaign the home page shows, and from when it would show another."""

from django.utils.formats import date_format

from ..edition_source import midnight
from ..models import Kind, Release
from ..views import headline, of_kind


def page_of(campaign):
    return campaign.page_id if isinstance(campaign, Release) else campaign.pk


def in_words(campaign, now, is_public=True):
    """Return what the home page makes of a campaign, a page or a release, at an aware moment.

    `is_public` is whether readers see it already; otherwise the sentence begins with "once".
    """
    public = Release.objects.public(now).exclude(page=page_of(campaign)).defer("blocks")
    others = of_kind(public, Kind.CAMPAIGN)
    begins = midnight(campaign.first_day)
    before = headline(others, max(begins, now))
    once = "The home page shows it" if is_public else "Once it is published, the home page shows it"
    if headline([*others, campaign], max(begins, now)) is not campaign:
        return f"The home page does not show it: it shows {before.title}, which begins no earlier."
    place = f" in the place of {before.title}" if before else ""
    if begins <= now or headline([*others, campaign], now) is campaign:
        return f"{once} now{place}." if not is_public else f"{once} now."
    return f"{once} from {date_format(campaign.first_day, 'l j F Y')}{place}."
