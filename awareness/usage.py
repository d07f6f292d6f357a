"""On which pages the services of the register stand, for its keepers."""

from collections import defaultdict

from django.utils import timezone

from signposting import references as register
from signposting.releases import in_force
from signposting.usage import answering

from .models import Block, Kind, Release


def pages() -> dict[str, list[tuple[str, str]]]:
    """Return, for each slug, the (title, address) of the pages that readers see now with it.

    A page is named once, whether the service has a card on it or its number is in a sentence.
    """
    pages, answers = defaultdict(list), answering()
    for release in Release.objects.public(timezone.now()).order_by("title"):
        found = slugs(release.blocks)
        if (release.kind, release.slug) == (Kind.SITE, "home"):
            found |= register.first_slugs(in_force())  # its template has them
        for slug in {answers.get(slug, slug) for slug in found}:
            pages[slug].append((release.title, release.get_absolute_url()))
    return pages


def slugs(blocks) -> set[str]:
    """Return the slugs that frozen blocks refer to."""
    return set().union(*(Block.kinds[block["type"]].referred_to(block) for block in blocks))
