"""What somebody is told of changes to their own account."""

from django_otp import login as use_device

from .. import acting, audit, codes, mail, sessions, waiting
from ..models import Entry

TOLD = {
    Entry.Action.PASSWORD: "Your password was set",
    Entry.Action.CODE: "Your one-time codes were set up",
    Entry.Action.CODE_OFF: "Your one-time codes were taken off",
    Entry.Action.GROUPS: "Your groups were changed",
}
NOT_YOU = "If you did not know of this, tell a manager of the newsroom now."


def since(user, before):
    """Return a sentence for each change of password, code or groups since the log-in before."""
    if before is None:
        return []
    found = Entry.objects.filter(
        about=user._meta.label_lower, object_id=str(user.pk), action__in=TOLD, at__gt=before
    ).order_by("at", "pk")
    return [f"{told(entry, user)} {NOT_YOU}" for entry in found]


def told(entry, user):
    by = "by you" if entry.user_id == user.pk else f"by {entry.user or 'the operator'}"
    return f"{TOLD[entry.action]} {by} at {waiting.in_words(entry.at)}."


def code_is_set(request, user):
    """Write down that somebody has new codes, end what was open with the old ones, tell them."""
    sessions.end(user, keep=request.session.get(acting.SESSION))
    audit.write(Entry.Action.CODE, user, user=user)
    mail.tell(user, "New one-time codes were set up for your account.")


def renew(request, device):
    """Let this session go on with the new app."""
    use_device(request, device)
    request.session.cycle_key()


def recovery(user):
    """Return what somebody is told who has used a recovery code."""
    left = codes.recovery_left(user)
    codes_left = "1 recovery code" if left == 1 else f"{left} recovery codes"
    return (
        f"You have {codes_left} left. If your phone is lost, choose My account and set up codes "
        "on another one."
    )
