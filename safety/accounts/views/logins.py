"""Log in: the password, then a code; the first time, the code is set up."""

import time

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import get_user_model, login
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django_otp.plugins.otp_static.models import StaticDevice

from safety.views import error_response

from .. import audit, codes, devices, sessions, waiting
from ..logins import What, failed
from ..models import Account, Entry, LoginTry, TooManyTriesError
from . import notices
from .forms import CodeForm

# Between password and code: who it is, until when, and where they wanted to go.
PENDING = "pending"
MINUTES = 10
TOO_LATE = "Too much time went by, so please type your name and password again."


def wait(request):
    """Return the page of who has tried too often."""
    response = error_response(request, "log-in", 429)
    response["Retry-After"] = str(int(LoginTry.WINDOW.total_seconds()))
    return response


def screen(site, request, template, **context):
    context = {**site.each_context(request), "is_nav_sidebar_enabled": False, **context}
    return TemplateResponse(request, f"accounts/{template}.html", context)


def log_in(site, request):
    """The first screen: name and password."""
    if request.method == "GET" and site.has_permission(request):
        return HttpResponseRedirect(reverse("admin:index"))
    form = site.login_form(request, data=request.POST if request.method == "POST" else None)
    try:
        valid = form.is_valid()
    except TooManyTriesError:
        return wait(request)
    going = request.POST.get("next") or request.GET.get("next", "")
    if valid:
        return begin(request, form.get_user(), going)
    return screen(site, request, "log_in", title="Log in", form=form, next=going)


def begin(request, user, going=""):
    """Go on from a right password: to the code, to setting codes up, or straight in."""
    if not sessions.needs_code(user):
        return finish(request, user, going=going)
    request.session.flush()
    request.session[PENDING] = {
        "user": user.pk,
        "mark": devices.mark(user),
        "at": time.time(),
        "next": going,
    }
    return HttpResponseRedirect(reverse("admin:code" if codes.app_of(user) else "admin:set_up"))


def pending(request):
    """Return who has given their password and no code yet, or None."""
    found = request.session.get(PENDING, {})
    user = get_user_model().objects.filter(pk=found.get("user"), is_active=True).first()
    in_time = 0 <= time.time() - found.get("at", 0) < MINUTES * 60
    return user if user and in_time and found["mark"] == devices.mark(user) else None


def start_again(request):
    messages.info(request, TOO_LATE)
    return HttpResponseRedirect(reverse("admin:login"))


def finish(request, user, device=None, going=""):
    """Log somebody in. Return the answer that takes them where they wanted to go."""
    before = user.last_login
    user.otp_device = device
    login(request, user)
    for key in (PENDING, "draft"):
        request.session.pop(key, None)
    for sentence in notices.since(user, before):
        messages.warning(request, sentence)
    own = url_has_allowed_host_and_scheme(going, {request.get_host()}, settings.HTTPS)
    response = HttpResponseRedirect(going if own else reverse("admin:index"))
    devices.remember(request, response, user)
    return response


def code(site, request):
    """The second screen: the code."""
    user = pending(request)
    if user is None:
        return start_again(request)
    if not codes.app_of(user):
        return HttpResponseRedirect(reverse("admin:set_up"))
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        name, device = user.get_username(), devices.known(request, user)
        try:
            LoginTry.objects.begin(What.CODE, name, device)
        except TooManyTriesError:
            return wait(request)
        answer = codes.check(user, form.cleaned_data["code"])
        if answer.device:
            LoginTry.objects.forget(What.CODE, name, device)
            response = finish(request, user, answer.device, request.session[PENDING]["next"])
            if isinstance(answer.device, StaticDevice):
                audit.write(Entry.Action.RECOVERY, user, user=user)
                messages.warning(request, notices.recovery(user))
            return response
        failed(user, What.CODE, name, device)
        form.add_error("code", answer.sentence)
    return screen(site, request, "code", title="Type a code", form=form)


def set_up(site, request):
    """The second screen of the first log-in: the picture to scan, and the first code."""
    user = pending(request)
    if user is None:
        return start_again(request)
    if codes.app_of(user):
        return HttpResponseRedirect(reverse("admin:code"))
    return set_up_app(site, request, user)


def set_up_app(site, request, user, first=True):
    """Show the picture; on a right code keep the app, and show the recovery codes once.

    `first` is with a password alone: whoever has that could be anybody, so the day of waiting
    begins.
    """
    draft = codes.draft(user, request.session.get("draft"))
    request.session["draft"] = draft.pk
    form = CodeForm(request.POST if "code" in request.POST else None)
    if form.is_valid():
        answer = codes.confirm(draft, form.cleaned_data["code"])
        if answer.device:
            recovery = codes.new_recovery_codes(user)
            going = reverse("admin:index")
            if first:
                waiting.begin(user, Account.Set.CODE)
                going = finish(request, user, answer.device, request.session[PENDING]["next"])
            else:
                notices.renew(request, answer.device)
            notices.code_is_set(request, user)
            return show_recovery(site, request, recovery, going)
        form.add_error("code", answer.sentence)
    return screen(
        site,
        request,
        "set_up",
        title="Set up one-time codes",
        form=form,
        picture=codes.picture(draft),
        secret=codes.secret(draft),
        account=user,
    )


def show_recovery(site, request, recovery, going):
    """Show recovery codes, this once. `going` is where to go on to, or the answer that does."""
    is_answer = isinstance(going, HttpResponseRedirect)
    response = screen(
        site,
        request,
        "recovery",
        title="Your recovery codes",
        recovery=recovery,
        going=going.url if is_answer else going,
    )
    if is_answer:
        response.cookies.update(going.cookies)
    return response
