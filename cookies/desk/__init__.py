"""How often pages were read, on the first page of the newsroom."""

from django.utils import timezone

from publishing.desk import DeskSource, register

from . import visits

# Days.
WEEK = 7


def of_the_week(request, now):
    """Return the chart of the last seven days, or None for who may not see it."""
    if not request.user.has_perm("cookies.view_dailyreads"):
        return None
    return visits.chart(visits.by_day(timezone.localdate(now), WEEK))


register(DeskSource("cookies", chart=of_the_week))
