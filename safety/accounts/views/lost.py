"""A lost password, a lost phone, and the links that help."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse

from ...identity import in_force
from .. import audit, codes, devices, links, mail, sessions, waiting
from ..logins import What, failed, owner_of
from ..models import Account, Entry, LoginTry, TooManyTriesError
from .forms import LostForm, NewPasswordForm, PasswordForm
from .logins import begin, screen, wait

SUBJECT = "Your newsroom account"
MAIL = """You, or somebody who knows your user name, asked for this.

Open this address within a day. It works once:

{link}

If it was not you, do nothing: nothing has changed. If it happens again, tell a manager.
"""
SENT = (
    "If there is an account with that name, and it has an email address, a mail is on its way. "
    "It works once, for a day. If none comes, ask a manager of the newsroom."
)


def lost(site, request):
    """Say what to ask for and whom; where mail is set up, send a link."""
    form = LostForm(request.POST or None) if settings.EMAIL_URL else None
    sent = form is not None and form.is_valid()
    if sent:
        send(**form.cleaned_data)
    return screen(
        site,
        request,
        "lost",
        title="Lost your password or your phone?",
        form=form,
        sent=SENT if sent else "",
        contact=in_force.owner().contact,
    )


def send(username, lost):
    """Mail a link to whoever has this name. For a name that nobody has, do as much, and mail none."""
    user = owner_of(username)
    try:
        LoginTry.objects.begin(What.LOST, username)
    except TooManyTriesError:
        return
    address = user.email if user and user.is_active else ""
    mail.send_later(address, SUBJECT, lambda: MAIL.format(link=links.make(user, lost)))


def link(site, request, kind, uid, token):
    """The screen a link leads to: a new password, or the password and then new codes."""
    user = links.owner(kind, uid, token)
    if user is None:
        return screen(site, request, "link_over", title="This link does not work any more")
    if kind == "code":
        return new_codes(site, request, user)
    form = NewPasswordForm(user, request.POST or None)
    if form.is_valid():
        # Mailed to its owner, it is the owner who sets the password; else it may be anybody.
        user.own_link = kind == "mailed"
        form.save()
        messages.success(request, "Your new password is kept. Log in with it.")
        response = HttpResponseRedirect(reverse("admin:login"))
        # Under attack a name has to wait, but not in a browser that came by a link.
        devices.remember(request, response, user)
        return response
    return screen(
        site, request, "new_password", title="Choose your password", form=form, account=user
    )


def new_codes(site, request, user):
    form = PasswordForm(request.POST or None)
    if form.is_valid():
        name, device = user.get_username(), devices.known(request, user)
        try:
            LoginTry.objects.begin(What.PASSWORD, name, device)
        except TooManyTriesError:
            return wait(request)
        if user.check_password(form.cleaned_data["password"]):
            LoginTry.objects.forget(What.PASSWORD, name, device)
            take_off(user, by=user)
            return begin(request, user)
        failed(user, What.PASSWORD, name, device)
        form.add_error("password", "That is not the password of your account.")
    return screen(site, request, "new_codes", title="Set up codes again", form=form)


def take_off(user, **by):
    """Take somebody's codes off, and with them whatever they kept open."""
    codes.take_off(user)
    sessions.end(user)
    waiting.begin(user, Account.Set.CODE)
    audit.write(Entry.Action.CODE_OFF, user, words=str(user), **({"user": by["by"]} if by else {}))
    mail.tell(user, "The one-time codes of your account were taken off.")
