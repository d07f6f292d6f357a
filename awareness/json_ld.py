"""A campaign as schema.org describes it. Every number in it stands on its page too.

Source: reference data-standards.md section 3.
"""

from django.conf import settings
from django.utils import timezone

from safety.identity.in_force import owner

from .models import Quotation


def campaign(page) -> dict:
    """Return the Article that a campaign's page is, about the days of the campaign.

    It is no Event: that has a place to go to, which search engines ask for.
    """
    found = {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": page.title,
        "description": page.summary,
        "url": settings.SITE_URL + page.get_absolute_url(),
        "inLanguage": "en-GB",
        "temporalCoverage": f"{page.first_day.isoformat()}/{page.last_day.isoformat()}",
    }
    if page.theme:
        found["about"] = page.theme
    if page.live_from:  # a preview has none
        found["datePublished"] = timezone.localdate(page.live_from).isoformat()
    if organisation := owner().organisation:
        found["author"] = {"@type": "Organization", "name": organisation}
    if said := [quotation(block) for block in page.blocks if is_agreed(block)]:
        found["hasPart"] = said
    return found


def is_agreed(block):
    """Return whether a block quotes somebody who agreed to be quoted here."""
    return block["type"] == Quotation.type and block["permission"] == Quotation.Permission.CONFIRMED


def quotation(block):
    person = {"@type": "Person", "name": block["name"]}
    if block["role"]:
        person["jobTitle"] = block["role"]
    return {"@type": "Quotation", "text": block["text"], "spokenByCharacter": person}
