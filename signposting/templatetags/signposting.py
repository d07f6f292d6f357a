from django import template
from django.utils.html import format_html

from ..presenters.help_page import fits as find_fits
from ..references import call_link as link_of
from ..references import call_links
from ..references import first_numbers as find_first

register = template.Library()


@register.inclusion_tag("signposting/_first_numbers.html", takes_context=True)
def first_numbers(context):
    """The numbers that a reader in a hurry tries first, large."""
    return {"services": find_first(context["request"].moment)}


@register.simple_tag
def call_link(slug):
    """One service's number, as a link where a phone can call it."""
    return call_links({slug})[slug]


@register.simple_tag
def instead(service, named=True):
    """What to do when a number does not work: call another service, or its number alone."""
    route = service.first_route
    call = "call {0}: {1}" if named else "call {1}"
    words = call if route and (route.dial or route.constant) else "use {1}"
    return format_html(words, service, link_of(service))


@register.filter
def fits(shown):
    """The answers that a service fits, as classes for the style sheet."""
    return find_fits(shown)
