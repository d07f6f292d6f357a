"""What cookies has for an edition: its two pages, and the message of every state."""

from publishing.sources import Address, EditionSource, register

from . import consent_html
from .paths import COOKIE_PAGES

register(
    EditionSource(
        "cookies",
        addresses=lambda moment: [Address(path, listed=False) for path in COOKIE_PAGES],
        parts=lambda moment: consent_html.parts(),
    )
)
