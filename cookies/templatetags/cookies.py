from django import template
from django.utils.safestring import mark_safe

from publishing.splice import HTML_PLACE, MESSAGE_PLACE

register = template.Library()


@register.simple_tag
def reader_attributes():
    """The place on <html> for this reader's text size, colours and hidden notice."""
    return mark_safe(HTML_PLACE.decode())  # noqa: S308 a constant


@register.simple_tag
def cookie_message():
    """The place at the top of the content for this reader's cookie message."""
    return mark_safe(MESSAGE_PLACE.decode())  # noqa: S308 a constant
