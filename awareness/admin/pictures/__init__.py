"""The pictures of the newsroom: all of them, with what they show and where they are used."""

from .library import pictures, urls

__all__ = ["pictures", "urls"]
