from django import template
from django.utils import timezone

from .. import sources
from ..models import Print
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
    return {
        "pinned": editions.pin(),
        "alarms": sources.alarms(),
        "problems": Print.objects.problems(timezone.now()),
    }
