"""The gate: what every edition must be before a reader may have it."""

from .reading import read

__all__ = ["inspect", "read"]


def inspect(edition, previous=None):
    """Return the list of Problems that hold up an edition; empty when it may be served."""
    return []
