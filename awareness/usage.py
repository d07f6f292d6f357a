"""On how many pages the services of the register stand, for its keepers."""

from collections import Counter

from django.utils import timezone

from signposting import references as register
from signposting.usage import answering

from .models import Block, Kind, Release


def pages() -> Counter:
    """Return, for each slug, on how many pages that readers see now it stands.

    A page counts once, whether the service has a card on it or its number is in a sentence.
    """
    count, answers = Counter(), answering()
    for release in Release.objects.public(timezone.now()):
        found = slugs(release.blocks)
        if (release.kind, release.slug) == (Kind.SITE, "home"):
            found |= set(register.FIRST)  # its template has them
        count.update({answers.get(slug, slug) for slug in found})
    return count


def slugs(blocks) -> set[str]:
    """Return the slugs that frozen blocks refer to."""
    return set().union(*(Block.kinds[block["type"]].referred_to(block) for block in blocks))
