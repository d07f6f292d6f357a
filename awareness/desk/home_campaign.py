"""What the newsroom says of the campaign on the home page, and from when it would show another."""

from django.utils import timezone
from django.utils.formats import date_format

from ..campaigns.on_home import headline, public
from ..edition_source import midnight
from ..models import Release


def today(now):
    """Return what the home page says of a campaign at an aware moment."""
    shown = headline(public(now), now)
    if shown is None:
        return "The home page shows no campaign."
    if shown.has_begun(now):
        day = (timezone.localdate(now) - shown.first_day).days + 1
        days = (shown.last_day - shown.first_day).days + 1
        return f"The home page shows {shown.title}: day {day} of {days}."
    begins = date_format(shown.first_day, "l j F Y")
    return f"The home page shows {shown.title}, which begins on {begins}."


def page_of(campaign):
    return campaign.page_id if isinstance(campaign, Release) else campaign.pk


def in_words(campaign, now, is_public=True):
    """Return what the home page makes of a campaign, a page or a release, at an aware moment.

    `is_public` is whether readers see it already; otherwise the sentence begins with "once".
    """
    if campaign.is_over(now):
        return "It is over, so the home page does not show it. It stays in the list of campaigns."
    others = [each for each in public(now) if each.page_id != page_of(campaign)]
    once = "The home page shows it" if is_public else "Once it is published, the home page shows it"
    begins = max(midnight(campaign.first_day), now)
    for moment, when in (
        (now, "now"),
        (begins, f"from {date_format(campaign.first_day, 'l j F Y')}"),
    ):
        if headline([*others, campaign], moment) is campaign:
            before = None if is_public and moment == now else headline(others, moment)
            return f"{once} {when}{f' in the place of {before.title}' if before else ''}."
    before = headline(others, begins)
    return f"The home page does not show it as it begins: it shows {before.title} then."
