"""The register as readers see it at a moment: one answer for pages, cards and open data."""

from .checked import checked_in_words, checked_once, in_words
from .routes import ShownRoute, hours_of, link_to, london_day
from .services import ShownService, everyone, show

__all__ = [
    "ShownRoute",
    "ShownService",
    "checked_in_words",
    "checked_once",
    "everyone",
    "hours_of",
    "in_words",
    "link_to",
    "london_day",
    "show",
]
