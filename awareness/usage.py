"""On which pages the services of the register stand, for its keepers."""

from collections import defaultdict
from functools import reduce
from operator import or_

from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from signposting import references as register
from signposting.releases import in_force
from signposting.usage import answering

from .models import Block, Kind, Release

OFF = (
    "“{}” ({}) has {}, which was taken off. Readers have the words without the link. Take it out and "
    "publish the page, or ask two register keepers to agree it again."
)


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


def due(moment):
    """Return a sentence for each public page of whose links readers get the words alone."""
    about = [Q(stored__icontains=site) for site in register.sites_off()]
    if not about:
        return []
    stored = Release.objects.public(moment).annotate(stored=Cast("blocks", TextField()))
    pages = [(each, links_off(each)) for each in stored.filter(reduce(or_, about))]
    return [
        OFF.format(page, page.get_absolute_url(), ", ".join(found))
        for page, found in pages
        if found
    ]


def links_off(release) -> list[str]:
    """Return where the links of a release lead of which readers get the words alone."""
    blocks = [(Block.kinds[block["type"]], block) for block in release.blocks]
    texts = [block.get(name) or "" for kind, block in blocks for name in kind.rich()]
    return sorted(set(register.links_off("\n".join(texts))))


def slugs(blocks) -> set[str]:
    """Return the slugs that frozen blocks refer to."""
    return set().union(*(Block.kinds[block["type"]].referred_to(block) for block in blocks))
