from django import template
from django.utils.formats import date_format

from signposting.opening_hours import uk_time as clock

register = template.Library()
register.filter("uk_time", clock.words)


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
