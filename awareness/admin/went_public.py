"""What went public on a day, on one screen: pages, new pictures, the register, what the site says of itself.

Pictures stay the editor's word: here a colleague looks at each new one once more.
"""

from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.utils import timezone

from safety.identity.models import Look, UrgentNotice
from signposting.models import LinkHost
from signposting.models import Release as RegisterRelease

from ..models import Release


def day_screen(model_admin, request):
    """Show the day that `?day=2026-11-26` names, or today on clocks in the United Kingdom."""
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    day = chosen(request.GET.get("day", ""))
    start = timezone.make_aware(datetime.combine(day, time.min))
    span = (start, timezone.make_aware(datetime.combine(day + timedelta(1), time.min)))
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "title": "What went public",
        "day": day,
        "before": day - timedelta(1),
        "after": day + timedelta(1) if day < timezone.localdate() else None,
        "pages": pages(span),
        "services": within(RegisterRelease.objects.select_related("service"), "made_at", span),
        "notices": within(UrgentNotice.objects.select_related("made_by"), "starts_at", span),
        "looks": looks(span),
        "hosts": within(LinkHost.objects.filter(taken_off_at=None), "agreed_at", span),
    }
    return TemplateResponse(request, "awareness/admin/went_public.html", context)


def looks(span):
    """Return the looks that were made in a day, each with the address of its mark if that was new."""
    found = list(within(Look.objects.select_related("made_by"), "made_at", span))
    for look in found:
        before = Look.objects.filter(pk__lt=look.pk, mark=look.mark)
        look.new_mark = look.mark and not before.exists() and settings.MEDIA_URL + look.mark
    return found


def chosen(text):
    today = timezone.localdate()
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return today
    # No calendar ends within reach of a day that somebody typed.
    return day if date(2020, 1, 1) <= day <= today else today


def within(rows, name, span):
    """Return the rows whose moment lies in a day, the first one first."""
    start, end = span
    return rows.filter(**{f"{name}__gte": start, f"{name}__lt": end}).order_by(name)


def pages(span):
    """Return the releases of pages that began in a day, each with the pictures new in it."""
    found = list(within(Release.objects.standing(), "live_from", span))
    first = first_shown(span[1])
    for release in found:
        release.new_pictures = pictures(release, first)
    return found


def first_shown(end):
    """Return the name of a picture's file -> when readers saw it first, before a moment."""
    standing = Release.objects.standing().filter(live_from__lt=end).exclude(images=[])
    first = {}
    for when, names in standing.order_by("live_from").values_list("live_from", "images"):
        for name in names:
            first.setdefault(name, when)
    return first


def pictures(release, first):
    """Return (address, what it shows) of the pictures that no release of any page had before."""
    shown = [block for block in release.blocks if block.get("sizes")]
    return [
        (settings.MEDIA_URL + block["sizes"][0]["file"], block["alt"])
        for block in shown
        if first.get(block["sizes"][0]["file"], release.live_from) >= release.live_from
    ]
