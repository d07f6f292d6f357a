from django import template

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
