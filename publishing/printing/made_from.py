"""What a page is made from, as a key: while it stays the same, the last print is taken over."""

import sys
from dataclasses import asdict
from functools import cache
from importlib.metadata import distributions
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.utils import timezone

from .. import sources
from ..signatures import digest

# Secrets, which no page shows, and which no key should be made of.
SECRET = {"DATABASES", "SECRET_KEY", "SECRET_KEY_FALLBACKS"}
# What says the same in every process: no set, whose order differs, and nothing lazy.
PLAIN = (str, int, float, list, tuple, dict, Path, type(None))


@cache
def version() -> str:
    """Return a digest of the code and the templates, ours and others'. Asked as a process starts."""
    folders = [Path(app.path) for app in apps.get_app_configs() if is_ours(app)]
    folders += [settings.BASE_DIR / "config", settings.BASE_DIR / "templates"]
    folders += [Path(settings.CONTENT_DIR)] if settings.CONTENT_DIR else []
    files = sorted(
        path
        for folder in folders
        for path in folder.rglob("*")
        # While Python compiles, there are files in such a folder that are gone a moment later.
        if path.is_file() and "__pycache__" not in path.parts
    )
    others = sorted(f"{each.name} {each.version}" for each in distributions())
    return digest({"files": [[str(p), digest(p.read_bytes())] for p in files], "with": others})


def is_ours(app):
    return Path(app.path).parent == settings.BASE_DIR


def site() -> dict:
    """Return what holds for every page, whatever the newsroom does, as JSON can hold it."""
    names = [name for name in sorted(dir(settings)) if name.isupper() and name not in SECRET]
    found = {name: getattr(settings, name) for name in names}
    said = {name: str(value) for name, value in found.items() if isinstance(value, PLAIN)}
    return {
        "version": version(),
        "python": sys.version,
        # Nor a place in memory.
        "settings": {name: words for name, words in said.items() if " at 0x" not in words},
        "static": getattr(staticfiles_storage, "hashed_files", {}),
    }


def known_as_json(known: sources.Known) -> dict:
    """Return what readers may be told, as JSON can hold it."""
    return {**asdict(known), "hosts": sorted(known.hosts), "ways": sorted(known.ways)}


class Keys:
    """The keys of the pages of an aware moment. `site` stands for what all of them share.

    `checks` is what the gate asks a page alone by: with the same, the same page passes again.
    """

    def __init__(self, moment, known):
        everywhere = {"site": site(), "known": known_as_json(known)}
        self.checks = digest(everywhere)
        self.shared = digest(
            {
                **everywhere,
                "sources": sources.made_from(moment),
                # Hours are told by the day. For the rest of time there is the next moment.
                "day": str(timezone.localdate(moment)),
            }
        )

    def of(self, address: sources.Address) -> str:
        """Return the key of an address, or "" where nobody can say what it is made from."""
        own = address.made_from() if callable(address.made_from) else address.made_from
        if own is None:
            return ""
        return digest("\n".join((self.shared, address.path, own)).encode())
