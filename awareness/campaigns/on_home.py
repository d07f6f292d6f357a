"""Which campaign the home page shows: for the page itself, and for whoever says so of it."""

from ..models import Kind, Release


def public(moment):
    """Return the releases of campaigns that readers see, but for those changed past the newsroom."""
    found = Release.objects.public(moment).filter(kind=Kind.CAMPAIGN)
    return [release for release in found if release.is_right]


def headline(campaigns, moment):
    """Return the campaign that is on, of two the one that began last; else the next one, or None.

    One that is over is on the list of campaigns: between campaigns the home page has help alone.
    Of two with the same first day it is the one that stands first in lists.
    """
    left = sorted(
        (campaign for campaign in campaigns if not campaign.is_over(moment)),
        key=lambda campaign: (campaign.position, campaign.title),
    )
    if begun := [campaign for campaign in left if campaign.has_begun(moment)]:
        return max(begun, key=lambda campaign: campaign.first_day)
    return min(left, key=lambda campaign: campaign.first_day, default=None)
