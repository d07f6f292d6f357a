"""What is planned, as one list by month; and the time of a scheduled release, changed in one step."""

from itertools import groupby

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format

from publishing.admin_messages import say_printed
from signposting.opening_hours import uk_time

from .. import editing
from ..desk import first_page, planned
from ..models import NotAllowedError, Release
from .forms import ScheduleForm
from .publish_views import NOT_PUBLISHED, HeldUpError, tried


def urls(model_admin):
    """Return the addresses of these screens, for PageAdmin."""

    def screen(view):
        return model_admin.admin_site.admin_view(
            lambda request, **kwargs: view(model_admin, request, **kwargs)
        )

    return [
        path("planned/", screen(planned_list), name="awareness_page_planned"),
        path("<int:pk>/releases/<int:number>/time/", screen(move), name="awareness_page_move"),
    ]


def planned_list(model_admin, request):
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    may_move = model_admin.has_publish_permission(request)
    events = [first_page.event(each, may_move) for each in planned.changes(timezone.now())]
    months = groupby(events, lambda event: date_format(timezone.localtime(event.at), "F Y"))
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "title": "What is planned",
        "months": [(month, list(of_month)) for month, of_month in months],
    }
    return TemplateResponse(request, "awareness/admin/planned.html", context)


def move(model_admin, request, pk, number):
    """Show a scheduled release from another time: what it holds stays as it is."""
    if not model_admin.has_publish_permission(request):
        raise PermissionDenied
    release = get_object_or_404(Release, page=pk, number=number)
    page = release.page
    now = {name: getattr(release, name) for name in ("live_from", "live_until", "note")}
    form = ScheduleForm(request.POST or None, initial=now)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                author = request.user.get_username()
                moved = tried(editing.move(release, author, **form.cleaned_data))
        except HeldUpError as error:
            form.add_error(None, [NOT_PUBLISHED, *map(str, error.problems)])
        except NotAllowedError as error:
            form.add_error(None, str(error))
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            said = f"Release {moved.number} shows from {uk_time.words(moved.live_from)}, in the place of release {number}."
            model_admin.log_change(request, page, said)
            messages.success(request, said)
            say_printed(request, now=False)
            return HttpResponseRedirect(reverse("admin:awareness_page_planned"))
        # What was undone in the database is undone here too.
        release.refresh_from_db()
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "title": f"Change the time of {page}",
        "original": page,
        "release": release,
        "form": form,
        "has_not_begun": release.cancelled_at is None and release.live_from > timezone.now(),
    }
    return TemplateResponse(request, "awareness/admin/move.html", context)
