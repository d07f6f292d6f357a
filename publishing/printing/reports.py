"""Each machine says what it serves, so that "the public sees this now" is true of all."""

import platform
import time

from django.conf import settings
from django.utils import timezone

from ..models import Serving, Wanted
from . import editions

# Seconds to wait for the other machines, which look for changes each second, and between looks.
PATIENCE = 4
LOOK = 0.2


def own():
    """Return what tells this machine from the others: its name, and the folder it serves from."""
    folder = editions.digest(str(settings.EDITIONS_DIR).encode())[:16]
    return {"machine": platform.node(), "folder": folder}


def report(manifest):
    """Say what this machine serves: `manifest` is that of its current edition, or None."""
    Serving.objects.update_or_create(
        **own(),
        defaults={
            "edition": manifest and manifest["number"],
            "wanted": manifest["wanted"] if manifest else 0,
            "pinned": editions.pin(),
            "at": timezone.now(),
        },
    )


def late():
    """Return a sentence for each other machine that does not have what is wanted now.

    Those that still answer get PATIENCE seconds first.
    """
    wanted, end = Wanted.now(), time.monotonic() + PATIENCE
    while True:
        others = Serving.objects.besides(**own()).without(wanted, timezone.now())
        if not others:
            return []
        silent = others.silent(timezone.now())
        can_come = others.exclude(pk__in=silent).filter(pinned=None).exists()
        if not can_come or time.monotonic() > end:
            return [str(other) for other in others]
        time.sleep(LOOK)
