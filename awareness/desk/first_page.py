"""What awareness says on the first page of the newsroom: pages, campaigns, feedback."""

import re
from datetime import timedelta

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from publishing.desk import DeskSource, Event, Row, Urgency, register, some
from publishing.models import Print

from ..models import Feedback, Kind, Page, Quotation, Release
from ..models.feedback import Found
from . import home_campaign, planned
from .page_states import UNPUBLISHED, states

PAGES = "admin:awareness_page_changelist"
# The address that a problem names: the whole of it, or in brackets behind a heading.
NAMED_ADDRESS = re.compile(r"(?:^|\()(/[\w/-]*)\)?$")


def change(pk):
    return reverse("admin:awareness_page_change", args=[pk])


def may(request, codename):
    return request.user.has_perm(f"awareness.{codename}")


def starts(request, now):
    if not may(request, "change_page"):
        return
    yield "Change a page", reverse(PAGES)
    last = Page.objects.filter(kind=Kind.CAMPAIGN).order_by("-first_day").first()
    if last and may(request, "add_page"):
        yield "Start next year’s campaign", reverse("admin:awareness_page_next", args=[last.pk])


def sees(request, now):
    yield home_campaign.today(now)
    pages = Release.objects.public(now).count()
    yield f"Readers can open {pages} page{'' if pages == 1 else 's'} that we wrote."


def coming(request, now):
    if not may(request, "view_page"):
        return
    for each in planned.changes(now):
        yield event(each, may(request, "publish_page"))


def event(each, may_publish):
    """Return a Change as an Event; who may publish can change its time."""
    move = ""
    if each.release and may_publish:
        move = reverse("admin:awareness_page_move", args=[each.page.pk, each.release.number])
    return Event(each.at, each.page.title, change(each.page.pk), each.words, move)


def waiting(request, now):
    if may(request, "change_page"):
        yield from held_up(now)
        yield from quotations()
        yield from unpublished(now)


def held_up(now):
    """Return what holds up pages, with where to mend it; how is at the top of every screen."""
    problems = Print.objects.problems(now)
    if not problems:
        return
    pages = {page.get_absolute_url(): page for page in Page.objects.all()}
    names = {problem["page"]: bool(problem["edition"]) for problem in problems}
    for name, is_alone in names.items():
        found = NAMED_ADDRESS.search(name)
        page = found and pages.get(found[1])
        yield Row(
            Urgency.HELD_UP,
            "Held up",
            page.title if page else name,
            change(page.pk) if page else "",
            "Readers have its last good print, or only how to get help, until it is mended: see the top "
            "of this screen."
            if is_alone
            else "Nothing new reaches readers until it is mended, as the top of this screen says.",
        )


def quotations():
    found = Quotation.objects.filter(permission=Quotation.Permission.TO_CONFIRM)
    rows = [
        Row(
            Urgency.LATER,
            "Quotation",
            quotation.parent.title,
            change(quotation.parent_id),
            f"Nobody has confirmed that {quotation.name} agrees to be quoted.",
        )
        for quotation in found.select_related("parent").order_by("parent__title", "pk")
    ]
    return some(rows, "people to ask before we quote them", reverse(PAGES))


def unpublished(now):
    pages = list(Page.objects.all())
    changed = [
        page for page, state in zip(pages, states(pages, now), strict=True) if UNPUBLISHED in state
    ]
    rows = [
        Row(
            Urgency.LATER,
            "Changed",
            page.title,
            change(page.pk),
            "It is saved and not published: readers do not see these changes.",
        )
        for page in changed
    ]
    return some(rows, "pages with changes that are not published", reverse(PAGES))


def week(request, now):
    if not may(request, "view_feedback"):
        return
    first = timezone.localdate(now) - timedelta(days=6)
    answers = Feedback.objects.filter(day__gte=first).values("found").annotate(sum=Count("pk"))
    found = {row["found"]: row["sum"] for row in answers.order_by()}
    total = sum(found.values())
    yield (
        f"{total} {'reader' if total == 1 else 'readers'} answered what they think of the site; "
        f"{found.get(Found.YES, 0)} found what they were looking for."
        if total
        else "Nobody answered what they think of the site."
    )


register(
    DeskSource("awareness", starts=starts, sees=sees, coming=coming, waiting=waiting, week=week)
)
