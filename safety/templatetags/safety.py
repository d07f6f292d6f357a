from django import template
from django.templatetags.static import static
from django.utils.html import format_html

from .. import emergency
from ..card import CARD
from ..error_pages import words
from ..identity import in_force
from ..integrity import integrity

register = template.Library()


@register.simple_tag
def emergency_card():
    """What to do in danger: on every page but the cover, from constants alone."""
    return CARD


@register.inclusion_tag("safety/_emergency_line.html")
def emergency_line():
    """The first line of every page: call, cannot speak, British Sign Language, one tap each."""
    return {"call": emergency.ROUTES["999"], "bsl": emergency.ROUTES["999-bsl"]}


@register.inclusion_tag("safety/_exit_note.html")
def exit_note():
    """For who may be watched: what to read first, and what leaving does not do."""
    return {"words": words}


@register.inclusion_tag("safety/_exit.html", takes_context=True)
def exit_button(context):
    """The way out, on every page."""
    owner = in_force.of_request(context.get("request")).owner
    return {"words": words, "exit_url": owner.exit_url}


@register.simple_tag
def script(name):
    """A module of ours, such as "js/leave.js", with the hash that a browser holds it to."""
    return format_html(
        '<script type="module" src="{}" integrity="{}"></script>', static(name), integrity(name)
    )
