"""The screens beside the register's own forms: check, take off, change and agree a number."""

from django.contrib import messages
from django.contrib.admin.utils import quote
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from publishing.admin_messages import say_printed

from .. import register_actions
from ..models import Check, NumberChange, Route, Service
from ..presenters import show
from ..releases import make_all
from . import forms


def screen(admin, request, service, form, do, *, title, button, help_text="", shows=True):
    """Show a form about a service; on a valid POST call `do` with its data.

    `do` returns the sentence that says what was done; `shows` is whether readers see it.
    A ValidationError of its own is shown at the top of the form.
    """
    if request.method == "POST" and form.is_valid():
        try:
            words = do(form)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            admin.log_change(request, service, words)
            messages.success(request, words)
            if shows:
                say_printed(request)
            address = reverse("admin:signposting_service_change", args=[quote(service.pk)])
            return HttpResponseRedirect(address)
    context = {
        **admin.admin_site.each_context(request),
        "title": title,
        "service": service,
        "shown": show(service, timezone.now()),
        "form": form,
        "button": button,
        "help_text": help_text,
        "opts": Service._meta,
    }
    return TemplateResponse(request, "signposting/admin/screen.html", context)


def found(pk):
    return get_object_or_404(Service.objects.whole(), pk=pk)


def need(request, permission):
    if not request.user.has_perm(f"signposting.{permission}"):
        raise PermissionDenied


def check(admin, request, pk):
    need(request, "add_check")
    service = found(pk)
    form = forms.CheckForm(request.POST or None, service=service)

    def do(form):
        row = form.save(commit=False)
        row.by = request.user
        row.record(form.hours_of())
        if row.outcome != Check.Outcome.NO_ANSWER:
            service.not_working.filter(settled_by=None).update(settled_by=request.user)
        make_all()
        return f"Check recorded: {row}."

    title = f"Check {service}"
    return screen(admin, request, service, form, do, title=title, button="Record this check")


def withhold(admin, request, pk):
    need(request, "withhold_service")
    service = found(pk)
    form = forms.WithholdForm(request.POST or None, service=service)

    def do(form):
        register_actions.withhold(service, **form.cleaned_data)
        return f"Taken off: {form.cleaned_data['withheld_because']}"

    return screen(
        admin,
        request,
        service,
        form,
        do,
        title=f"Take {service} off",
        button="Take it off now",
        help_text="You can do this alone. To put a number back, two people must type it.",
    )


def show_again(admin, request, pk):
    need(request, "change_service")
    service = found(pk)
    form = forms.NothingForm(request.POST if request.method == "POST" else None)

    def do(form):
        register_actions.show(service)
        return "Shown to readers."

    title = f"Show {service} to readers"
    return screen(admin, request, service, form, do, title=title, button="Show it to readers")


def number(admin, request, pk):
    need(request, "add_numberchange")
    route = get_object_or_404(Route, pk=pk, emergency="", service__emergency=False)
    what = route.reached_by
    if not what:
        raise Http404
    form = forms.NumberForm(request.POST or None, what=what)

    def do(form):
        register_actions.ask_for_number(route, user=request.user, **form.cleaned_data)
        return f"A new {what} for {route} waits for a second person."

    return screen(
        admin,
        request,
        found(route.service_id),
        form,
        do,
        title=f"Change the {what} of {route}",
        button=f"Ask for this {what}",
        shows=False,
        help_text="Readers keep the old one until somebody else has typed the new one too.",
    )


def agree(admin, request, pk):
    need(request, "change_numberchange")
    change = get_object_or_404(NumberChange.objects.waiting(), pk=pk)
    what = change.route.reached_by
    form = forms.AgreeForm(request.POST or None, what=what)

    def do(form):
        register_actions.agree(change, form.cleaned_data["display"], request.user)
        return f"{change.route} has the {what} {change.said}."

    return screen(
        admin,
        request,
        found(change.route.service_id),
        form,
        do,
        title=f"Agree the {what} of {change.route}",
        button=f"This is the {what}",
        help_text=f"{change.asked_by} asked for a new {what}. Their reason: {change.reason}",
    )


def drop(admin, request, pk):
    need(request, "change_numberchange")
    change = get_object_or_404(NumberChange.objects.waiting(), pk=pk)
    form = forms.NothingForm(request.POST if request.method == "POST" else None)
    what = change.route.reached_by

    def do(form):
        change.dropped_at = timezone.now()
        change.save()
        return f"The new {what} for {change.route} was dropped."

    service = found(change.route.service_id)
    title = f"Drop the new {what} for {change.route}"
    return screen(admin, request, service, form, do, title=title, button="Drop it", shows=False)
