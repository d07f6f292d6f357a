"""What a browser holds our scripts to: other bytes than ours, put in on the way, do not run."""

import base64
import hashlib
from functools import lru_cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage


def integrity(name):
    """Return the value of an integrity attribute for a static file, by its name in the source."""
    if hasattr(staticfiles_storage, "stored_name"):
        return _of_collected(staticfiles_storage.stored_name(name))
    # Not collected: on a programmer's own machine, where files change, and in tests.
    return _value(Path(finders.find(name)).read_bytes())


@lru_cache(maxsize=64)
def _of_collected(stored):
    """Its name holds the hash of its content, so the answer can be remembered."""
    with staticfiles_storage.open(stored) as file:
        return _value(file.read())


def _value(content):
    return f"sha256-{base64.b64encode(hashlib.sha256(content).digest()).decode()}"
