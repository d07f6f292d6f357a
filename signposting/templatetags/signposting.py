from django import template

from ..models import Service
from ..references import UnknownService, call_links
from ..showing import show

register = template.Library()


@register.inclusion_tag("signposting/_helplines.html", takes_context=True)
def helplines(context, *slugs):
    """The services with these slugs, in this order, each with its number as it is today.

    Raises UnknownService for a slug that the register does not have.
    """
    found = {s.slug: s for s in Service.objects.public().whole().filter(slug__in=slugs)}
    for slug in slugs:
        if slug not in found:
            raise UnknownService(slug)
    moment = context["request"].moment
    return {"services": [show(found[slug], moment) for slug in slugs]}


@register.simple_tag
def call_link(slug):
    """One service's number, as a link where a phone can call it."""
    return call_links({slug})[slug]
