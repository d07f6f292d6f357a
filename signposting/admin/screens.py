"""The screens beside the register's own forms: check, ask, agree, take off, say less."""

from django.contrib import messages
from django.contrib.admin.utils import quote
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from publishing.admin_messages import say_printed
from safety.accounts import again
from safety.accounts.waiting import why_not_ask

from .. import releases
from ..models import Check, Release, ReleaseRequest, Service
from ..presenters import show
from . import forms

WAITS = "It waits for a second person. Readers keep what they have until then."


def screen(admin, request, service, form, do, **context):
    """Show a form about a service; on a valid POST call `do` with the form.

    `do` returns (the sentence that says what was done, whether readers get something new). A
    ValidationError of its own is shown in the form, beside its field where it has one.
    """
    if request.method == "POST" and form.is_valid():
        try:
            words, is_new = do(form)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return done(admin, request, service, words, is_new)
    return shown(admin, request, service, form, **context)


def done(admin, request, service, words, is_new):
    admin.log_change(request, service, words)
    messages.success(request, words)
    if is_new:
        say_printed(request)
    address = reverse("admin:signposting_service_change", args=[quote(service.pk)])
    return HttpResponseRedirect(address)


def shown(admin, request, service, form, **context):
    readers = releases.in_force().get(service.slug)
    context |= {
        **admin.admin_site.each_context(request),
        "service": service,
        "shown": readers and show(readers, timezone.now()),
        "form": form,
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
        came = releases.record_check(row, request.user, form.hours_of(), form.doubt_is_gone())
        if row.outcome != Check.Outcome.NO_ANSWER:
            service.not_working.filter(settled_by=None).update(settled_by=request.user)
        words = f"Check recorded: {row}."
        if isinstance(came, ReleaseRequest):
            words += f" Readers are told more than before: {WAITS[0].lower()}{WAITS[1:]}"
        return words, isinstance(came, Release)

    title = f"Check {service}"
    return screen(admin, request, service, form, do, title=title, button="Record this check")


def take_off(admin, request, pk):
    need(request, "withhold_service")
    service = found(pk)
    form = forms.TakeOffForm(request.POST or None, service=service)

    def do(form):
        because, instead = form.cleaned_data["because"], form.cleaned_data["alternative"]
        releases.take_off(service, because, instead, request.user, form.route())
        return f"Taken off: {because}", True

    return screen(
        admin,
        request,
        service,
        form,
        do,
        title=f"Take {service} off",
        button="Take it off now",
        help_text="You can do this alone. To put it back, two people must agree.",
    )


def less(admin, request, pk):
    need(request, "withhold_service")
    service = found(pk)
    form = forms.LessForm(request.POST or None, service=service)

    def do(form):
        said = form.said()
        releases.claim_less(service, request.user, **said)
        return f"Readers are told less: {said['reason']}", True

    return screen(
        admin,
        request,
        service,
        form,
        do,
        title=f"Say less of {service}",
        button="Tell readers now",
        help_text="You can do this alone. To say more again, two people must agree.",
    )


def ask(admin, request, pk):
    need(request, "add_releaserequest")
    service = found(pk)
    difference = releases.to_ask(service)
    form = forms.AskForm(request.POST or None, service=service, shown=releases.seen(difference))

    def do(form):
        asked = form.asked()
        releases.ask(service, user=request.user, **asked)
        return f"Asked for a change: {asked['reason']} {WAITS}", False

    return screen(
        admin,
        request,
        service,
        form,
        do,
        title=f"Ask for a change of {service}",
        button="Ask a second person",
        help_text="Type a new number or address here. Everything else comes from the form of the "
        "service and of its routes, as it is saved. Readers keep what they have until somebody "
        "else has typed the numbers too, and agrees.",
        refused=why_not_ask(request.user),
        difference=difference,
        difference_title="What you have changed in the form",
    )


def agree(admin, request, pk):
    """First type what is new, then see it all, then agree: what was typed goes along hidden."""
    need(request, "change_releaserequest")
    asked = get_object_or_404(ReleaseRequest.objects.waiting(), pk=pk)
    service = found(asked.service_id)
    places = releases.to_type(asked)
    form = forms.TypeForm(request.POST if request.method == "POST" else None, places=places)
    refused = releases.may_agree(asked, request.user)
    context = {
        "title": f"Agree a change of {service}",
        "help_text": f"{asked.asked_by} asked for this. Their reason: {asked.reason}",
        "refused": refused,
        "button": "Go on",
    }
    if refused:
        return shown(admin, request, service, form, **context)
    is_typed = not places or form.is_bound and form.is_valid() and right(form, asked)
    if not is_typed:
        return shown(admin, request, service, form, **context)
    if "agree" in request.POST and form.is_valid():
        if screen_of_code := again.ask(request, "Type a code to agree"):
            return screen_of_code
        try:
            releases.agree(asked, form.typed(), request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            words = f"Agreed what {asked.asked_by} asked for: {asked.reason}"
            return done(admin, request, service, words, True)
    form.hide()
    _, now = releases.content_of(service)
    context |= {
        "button": "I agree: give it to readers",
        "button_name": "agree",
        "difference": releases.difference(now, asked.content),
        "difference_title": "What readers will have instead",
    }
    return shown(admin, request, service, form, **context)


def right(form, asked):
    """Return whether everything was typed as it was asked for; else say so beside each field."""
    try:
        releases.compare(asked, form.typed())
    except ValidationError as error:
        for name, sentences in error.message_dict.items():
            form.add_error(f"type_{name}", sentences)
        return False
    return True


def drop(admin, request, pk):
    need(request, "change_releaserequest")
    asked = get_object_or_404(ReleaseRequest.objects.waiting(), pk=pk)
    form = forms.NothingForm(request.POST if request.method == "POST" else None)

    def do(form):
        releases.drop(asked)
        return f"What was asked for was dropped: {asked.reason}", False

    return screen(
        admin,
        request,
        found(asked.service_id),
        form,
        do,
        title=f"Drop the change of {asked.service}",
        button="Drop it",
        help_text=f"{asked.asked_by} asked for it. Their reason: {asked.reason}",
    )
