"""A check: one person records what changes nothing; what claims more waits for a second."""

from copy import deepcopy

from django.core.exceptions import ValidationError
from django.db import transaction

from safety.accounts.waiting import why_not_ask

from ..choices import Confidence
from ..models import Release, Service
from .alone import is_no_more, with_check
from .asking import ask_for
from .in_force import content_of
from .making import locked, make


@transaction.atomic
def record_check(check, user, hours_of=(), doubt_is_gone=False):
    """Record a check, not saved yet. Return what came of it: a Release, a ReleaseRequest or None.

    `hours_of` are the routes whose hours the service confirmed too; `doubt_is_gone` is
    whether it settled what was not certain. That a service told us something that readers were not told before is a claim: a second person agrees it.
    Raises ValidationError.
    """
    check.by, check.service = user, locked(check.service)
    check.record(hours_of, doubt_is_gone)
    service = Service.objects.whole().get(pk=check.service_id)
    _, before = content_of(service)
    if before is None:
        return None
    content = deepcopy(before)
    with_check(content, service)
    if doubt_is_gone:
        content["service"].update(doubt="", confidence=Confidence.OWNER.value)
    if content == before:
        return None
    reason = f"A check: {check}"
    if is_no_more(content, before):
        return make(service, content, Release.Kind.ALONE, reason, asked_by=user)
    if why := why_not_ask(user):
        raise ValidationError(why)
    return ask_for(service, content, reason, user)
