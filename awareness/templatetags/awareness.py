from django import template
from django.conf import settings
from django.template.defaultfilters import slugify
from django.templatetags.static import static
from django.utils.formats import date_format

from safety.identity.in_force import of_request
from signposting.opening_hours import uk_time as clock

register = template.Library()
register.filter("uk_time", clock.words)


# What a shared address shows on somebody else's lock screen: nothing of what it is about.
NEUTRAL = {
    "kind": "website",
    "title": "A page for you",
    "description": "Open it when you are on your own.",
}
# The groups of signs that have a picture, by their headings as in an address.
PICTURED = (
    "in-person",
    "calls-and-messages",
    "online",
    "with-your-phone-car-or-home",
    "through-other-people",
)


@register.inclusion_tag("_sharing.html", takes_context=True)
def sharing(context, campaign=None):
    """The page's one address, and what is shown where it is shared.

    Help, advice and signs say nothing of themselves there; a `campaign` says what it is.
    """
    request = context.get("request")
    if request is None:  # an error page may stand at any address
        return {}
    found = {"address": settings.SITE_URL + request.path, **NEUTRAL}
    own = of_request(request).look.picture
    image = settings.MEDIA_URL + own if own else static("img/share.png")
    if campaign:
        found |= {"kind": "article", "title": campaign.title, "description": campaign.summary}
        image = picture_of(campaign) or image
    return found | {"image": settings.SITE_URL + image}


def picture_of(release):
    """Return the address of a release's first image in its largest size, or ""."""
    sizes = [block["sizes"] for block in release.blocks if block["type"] == "image"]
    return settings.MEDIA_URL + sizes[0][-1]["file"] if sizes and sizes[0] else ""


@register.simple_tag
def sign_groups(release):
    """Return the groups of signs of a release that have a picture: (place, heading)."""
    blocks = release.blocks if release else []
    headings = [block["heading"] for block in blocks if block["type"] == "signs"]
    return [(slugify(name), name) for name in headings if slugify(name) in PICTURED]


@register.filter
def picture(heading):
    """Return the name of the picture for a group of signs, or "" where there is none."""
    return slugify(heading) if slugify(heading) in PICTURED else ""


@register.simple_tag
def days(first, last):
    """Return a span of days in words, naming no month or year twice: 22 to 26 April 2024."""
    start = "j F Y"
    if first.year == last.year:
        start = "j" if first.month == last.month else "j F"
    if first == last:
        return date_format(last, "j F Y")
    return f"{date_format(first, start)} to {date_format(last, 'j F Y')}"


@register.inclusion_tag("awareness/_campaign_card.html", takes_context=True)
def campaign_card(context, campaign):
    """A campaign in a list: its days, whether it is over, its theme and summary."""
    moment = context["request"].moment
    return {
        "campaign": campaign,
        "over": campaign.is_over(moment),
        "begun": campaign.has_begun(moment),
    }
