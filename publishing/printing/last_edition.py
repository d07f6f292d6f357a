"""The edition that readers have, as the next print takes it over."""

import json
from datetime import datetime

from ..gate.outlines import Outline
from . import audit, editions


class LastEdition:
    """What the current edition has of the same. Nothing of it is trusted without its hash."""

    def __init__(self, moment, keys):
        self.number = editions.current_number()
        try:
            manifest = editions.manifest(self.number) if self.number else {}
        except editions.Damaged:
            manifest = {}
        self.folder = editions.root() / str(self.number)
        self.parts = manifest.get("parts", {})
        trusted = holds(manifest, moment) and not audit.differing()
        self.items = manifest.get("items", {}) if trusted else {}
        self.outlines = manifest.get("outlines")
        # None of this is in an edition that an earlier version of the site printed.
        self.same_checks = manifest.get("checked_with") == keys.checks

    def item(self, path, key):
        """Return the Item of a path if it was made from the same, and is as it was printed."""
        entry = self.items.get(path)
        if not entry or not key or entry.get("made_from") != key:
            return None
        try:
            return editions.get(self.folder, entry)
        except (OSError, editions.Damaged):
            return None

    def passed(self):
        """Return (place, hash) -> Outline of what the gate let through by the same checks."""
        if not self.same_checks or not self.outlines:
            return {}
        try:
            body = editions.get(self.folder, self.outlines).body
        except (OSError, editions.Damaged):
            return {}
        return {(place, sha256): Outline(*found) for place, sha256, *found in json.loads(body)}


def holds(manifest, moment):
    """Return whether time alone changes nothing between an edition and an aware moment."""
    if not manifest or datetime.fromisoformat(manifest["made"]) > moment:
        return False
    next_moment = manifest["next_moment"]
    return not next_moment or datetime.fromisoformat(next_moment) > moment
