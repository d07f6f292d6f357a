"""How long a register keeper waits before they may agree, and who may neither ask nor agree.

One phished or bribed login that can set another's password, code or groups would be two people.
A day leaves time for its owner to notice.
"""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format

from .models import Account, Entry
from .roles import KEEPERS, manages

WAIT = timedelta(days=1)
MANAGER = (
    "You look after people's accounts, so you can neither ask for a change of the register nor "
    "agree one. Ask two register keepers."
)


def waits_until(user, now=None):
    """Return the aware moment until which somebody cannot agree, or None if they need not wait.

    Nobody waits on one's own machine (LOCAL=1).
    """
    now = now or timezone.now()
    found = Account.objects.filter(user=user).first()
    if settings.LOCAL or found is None or found.set_at is None:
        return None
    until = found.set_at + WAIT
    # A clock that was wrong for a year must not shut anybody out until that year comes.
    return until if now < until <= now + WAIT else None


def why_not_agree(user, now=None):
    """Return the sentence that says why somebody cannot agree a change now, or ""."""
    if manages(user):
        return MANAGER
    until = waits_until(user, now)
    if until is None:
        return ""
    because = Account.objects.get(user=user).get_set_what_display()
    return f"You can agree changes from {in_words(until)}, because {because}. This keeps the register safe."


def told(user, groups):
    """Return what a register keeper reads on every screen until their day of waiting ends, or "".

    `groups` are the names of theirs.
    """
    return why_not_agree(user) if KEEPERS in groups and not manages(user) else ""


def why_not_ask(user):
    """Return the sentence that says why somebody cannot ask for a change, or ""."""
    return MANAGER if manages(user) else ""


def begin(user, what):
    """Begin somebody's day of waiting: `what` of Account.Set somebody else has set.

    Before the site has been prepared once there is nobody who could guard it, so nobody waits.
    """
    found, _ = Account.objects.get_or_create(user=user)
    if Entry.objects.filter(action=Entry.Action.PREPARED).exists():
        now = timezone.now()
        still_new = found.set_what == Account.Set.NEW and now - found.set_at < WAIT
        found.set_what, found.set_at = Account.Set.NEW if still_new else what, now
        found.save()


def in_words(moment):
    local = timezone.localtime(moment)
    minutes = f":{local.minute:02}" if local.minute else ""
    clock = f"{local.hour % 12 or 12}{minutes}{'am' if local.hour < 12 else 'pm'}"
    return f"{clock} on {date_format(local, 'l j F Y')}"
