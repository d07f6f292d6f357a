"""What safety has for an edition: security.txt, the error pages, the emergency numbers."""

from publishing.sources import Address, EditionSource, register

from . import emergency, security_txt
from .card import CARD
from .error_pages import styled

# Whom to tell of a weakness of this site.
SECURITY_TXT = Address("/.well-known/security.txt", listed=False)

register(
    EditionSource(
        "safety",
        addresses=lambda moment: [SECURITY_TXT] if security_txt.contact() else [],
        parts=styled.parts,
        numbers=emergency.numbers,
        known_addresses=emergency.addresses,
        cards=lambda: [CARD],
    )
)
