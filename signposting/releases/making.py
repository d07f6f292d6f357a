"""Making a release: numbered, signed, and never changed afterwards."""

from django.utils import timezone

import publishing

from ..models import Release, Service
from . import digest, lost


def locked(service):
    """Return a service as it is now, whole, and lock it until the transaction ends.

    Nothing of it is read before, where something is written that follows from it: whoever takes
    it off, says less, checks, asks or agrees at the same moment waits here for the other.
    """
    Service.objects.select_for_update().get(pk=service.pk)
    return Service.objects.whole().get(pk=service.pk)


def make(service, content, kind, reason, asked_by=None, agreed_by=None, made_at=None):
    """Make a release of a service, which is then in force. Call it in a transaction."""
    # Two people at once: the second waits here and takes the next number.
    Service.objects.select_for_update().get(pk=service.pk)
    last = lost.newest_of(service)
    release = Release(
        service_id=service.pk,
        number=last.number + 1 if last else 1,
        kind=kind,
        content=content,
        reason=reason,
        asked_by=asked_by,
        agreed_by=agreed_by,
        made_at=made_at or timezone.now(),
    )
    release.digest = digest.sign(release)
    release.validate_constraints()
    release.save()
    publishing.changed()
    return release
