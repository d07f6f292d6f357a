"""What leaves the screen of a campaign: what stands on it, from its release and the register."""

from urllib.parse import urlsplit

import segno
from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from safety.identity import colours
from safety.identity.in_force import look
from signposting import references as register
from signposting.presenters import in_words

from ..templatetags.awareness import days
from . import drawn

# Kind of paper -> its title and how it is printed.
PAPERS = {
    "poster": ("Poster, A4", "On A4 paper."),
    "poster-a5": ("Poster, A5", "On A5 paper, or two on a page of A4."),
    "strips": ("Sheet with strips to tear off", "On A4 paper. Cut between the strips."),
}
STRIPS = range(8)


def where():
    """Return the first page's address, and the same in letters as people type it.

    On one's own machine the host is a number that nobody types: there the site's name stands.
    """
    host = urlsplit(settings.SITE_URL).hostname
    typed = host if any(sign.isalpha() for sign in host) else look().name
    return f"{settings.SITE_URL}/", typed


def code():
    """Return the QR code of the first page's address as SVG, without a style or a size of its own."""
    address, _ = where()
    # Q: a quarter of it may be torn or dirty.
    made = segno.make(address, error="q", micro=False)
    return mark_safe(made.svg_inline(border=4, light="white", omitsize=True))  # noqa: S308 segno's own


def line(moment):
    """Return the service whose number stands large on paper, or None: the first that can be rung."""
    for shown in register.first_numbers(moment):
        if shown.first and shown.first.is_number and shown.first.href:
            return shown
    return None


def paper(campaign, moment):
    """Return what stands on a poster and on a sheet of strips."""
    shown = line(moment)
    return {
        "campaign": campaign,
        "line": shown,
        "checked": in_words(shown.service.last_check.day) if shown else "",
        "code": code(),
        "letters": where()[1],
        "made": date_format(timezone.localtime(moment), "j F Y"),
        "strips": STRIPS,
    }


def pictures(campaign, moment):
    """Return (what it is for, address, width, height, words on it) of each picture to share."""
    palette = colours.palettes(look().colours)[0]
    ground = (palette["paper"], palette["ink"], palette["accent"])
    # As they are drawn, so that the gate reads what stands on the picture.
    words = tuple(map(drawn.plain, said(campaign, moment)))
    alt = ". ".join(filter(None, words))
    return [
        (purpose, settings.MEDIA_URL + drawn.kept(size, words, ground), width, height, alt)
        for size, (purpose, width, height) in drawn.SIZES.items()
    ]


def said(campaign, moment):
    """Return the words of a picture: title, theme, days, address, and when it was made."""
    # The day of the release, not of the print: the same picture has the same name.
    made = f"Made on {date_format(timezone.localtime(campaign.live_from or moment), 'j F Y')}"
    span = days(campaign.first_day, campaign.last_day)
    return (campaign.title, campaign.theme, span, where()[1], made)


def embed(moment):
    """Return the HTML that a partner puts into a page: a link and a number, and nothing that runs."""
    address, shown = where()[0], line(moment)
    link = format_html('<a href="{}help/">Help with stalking</a>', address)
    if shown is None:
        return format_html("<p>{}</p>\n", link)
    return format_html(
        '<p>{}. {}: <a href="{}">{}</a></p>\n',
        link,
        shown.service.name,
        shown.first.href,
        shown.first.number,
    )
