from django import template
from django.utils.safestring import mark_safe

from cookies.desk import visits as counted
from cookies.paths import is_counted
from publishing.splice import HTML_PLACE, MESSAGE_PLACE

register = template.Library()

DAYS_SHOWN = 31


@register.simple_tag
def reader_attributes():
    """The place on <html> for this reader's text size, colours and hidden notice."""
    return mark_safe(HTML_PLACE.decode())  # noqa: S308 a constant


@register.simple_tag
def cookie_message():
    """The place after the first words of a page for this reader's cookie message."""
    return mark_safe(MESSAGE_PLACE.decode())  # noqa: S308 a constant


@register.inclusion_tag("cookies/_visits.html")
def visits(path):
    """For staff: how often a page was read, by day. Nothing for a page that is not counted."""
    if not is_counted(path):
        return {"counted": False}
    days = counted.of_page(path, DAYS_SHOWN)
    return {"counted": True, **(counted.chart(days) if days else {})}
