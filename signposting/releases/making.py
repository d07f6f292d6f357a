"""Making a release: numbered, signed, and never changed afterwards."""

from django.db.models import Max
from django.utils import timezone

import publishing

from ..models import Release, Service
from . import digest, document


def make(service, content, kind, reason, asked_by=None, agreed_by=None, made_at=None):
    """Make a release of a service, which is then in force. Call it in a transaction."""
    # Two people at once: the second waits here and takes the next number.
    Service.objects.select_for_update().get(pk=service.pk)
    last = Release.objects.filter(service=service.pk).aggregate(last=Max("number"))["last"] or 0
    release = Release(
        service_id=service.pk,
        number=last + 1,
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


def make_all():
    """Release every working copy that readers know of and that differs from what they have.

    It asks nobody: for what whoever runs the site loads, and for tests.
    """
    had = {row.service_id: row.content for row in Release.objects.newest()}
    for service in Service.objects.whole().exclude(status=Service.Status.DRAFT):
        content = document.freeze(service)
        if content != had.get(service.pk):
            make(service, content, Release.Kind.LOADED, "Saved in the newsroom.")
