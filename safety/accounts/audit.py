"""Writes the audit trail, and mirrors it to the log without content."""

import logging

from . import acting
from .models import Entry

log = logging.getLogger(__name__)
SELF = object()


def write(action, about=None, *, user=SELF, words="", before=None, after=None):
    """Write a line of the audit trail. Return it.

    `about` is the object that something was done to; `user` who did it, by default whoever is
    at work. The log says who did what to which row, never what stands in it.
    """
    entry = Entry.objects.create(
        user=acting.user() if user is SELF else user,
        action=action,
        about=about._meta.label_lower if about else "",
        object_id=str(about.pk) if about else "",
        words=words[:300],
        before=before,
        after=after,
    )
    thing = f" {entry.about} {entry.object_id}" if about else ""
    log.info("Audit: %s %s%s", entry.user or "nobody", entry.action, thing)
    return entry
