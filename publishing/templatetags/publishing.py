from django import template
from django.utils import timezone

from .. import alerts, sources
from ..models import Print, Serving
from ..printing import editions

register = template.Library()


@register.inclusion_tag("publishing/_edition_notice.html", takes_context=True)
def edition_notice(context):
    """What staff must know on every screen: a pinned edition, or what holds up the next one.

    Only for who is logged in: the problems quote pages that are not public yet.
    """
    user = getattr(context.get("request"), "user", None)
    if not (user and user.is_active and user.is_staff):
        return {}
    problems = Print.objects.problems(timezone.now())
    return {
        "pinned": editions.pin(),
        "alarms": sources.alarms(),
        "silent": Serving.objects.silent(timezone.now()),
        "problems": [problem for problem in problems if not problem["edition"]],
        "set_aside": [problem for problem in problems if problem["edition"]],
    }


@register.simple_tag
def due():
    """Return what staff have to do now, as sentences: for the newsroom's front page."""
    return alerts.due(timezone.now())
