from django import template
from django.conf import settings

from .. import emergency
from ..card import CARD
from ..error_pages import words

register = template.Library()


@register.simple_tag
def emergency_card():
    """What to do in danger: on every page but the cover, from constants alone."""
    return CARD


@register.inclusion_tag("safety/_emergency_line.html")
def emergency_line():
    """The first line of the card, above the words of every page, with the way to the rest."""
    return {"route": emergency.ROUTES["999"]}


@register.inclusion_tag("safety/_exit.html")
def exit_button():
    """The way out, on every page."""
    return {"words": words, "exit_url": settings.EXIT_URL}
