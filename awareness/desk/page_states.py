"""In what state pages are, in a few words each, with as many queries for all as for one."""

from collections import defaultdict

from ..models import HEAD, Block, Kind, Release
from . import planned

NEVER = "not published"
PUBLIC = "public"
TAKEN_DOWN = "taken down"
SCHEDULED = "scheduled"
UNPUBLISHED = "unpublished changes"
OVER = "over"


def states(pages, now) -> list[list[str]]:
    """Return the words for each page at an aware moment, in the order of the pages."""
    standing = defaultdict(list)
    for release in Release.objects.standing().filter(page__in=pages).defer("blocks"):
        standing[release.page_id].append(release)
    compared = {page.pk: to_compare(standing[page.pk], now) for page in pages}
    wanted = [release.pk for releases in compared.values() for release in releases]
    frozen = dict(Release.objects.filter(pk__in=wanted).values_list("pk", "blocks"))
    written = blocks_of(pages)
    return [
        [
            *seen(standing[page.pk], now),
            *(
                [UNPUBLISHED]
                if standing[page.pk]
                and not any(
                    same_head(page, release) and written[page.pk] == frozen[release.pk]
                    for release in compared[page.pk]
                )
                else []
            ),
        ]
        for page in pages
    ]


def seen(releases, now):
    """Return what readers see of a page, and whether that changes by itself."""
    if not releases:
        return [NEVER]
    release = planned.in_force(releases, now)
    found = [SCHEDULED] if any(planned.turns(releases, now)) else []
    if release is None or release.withdraws:
        begun = any(each.live_from <= now and not each.withdraws for each in releases)
        return [TAKEN_DOWN if begun else NEVER, *found]
    over = [OVER] if release.kind == Kind.CAMPAIGN and release.is_over(now) else []
    return [PUBLIC, *over, *found]


def to_compare(releases, now):
    """Return the releases with which a working copy can be the same and hold nothing new.

    That is the one with its last words, as editing.last_words() has it, and those that wait.
    """
    with_words = [release for release in releases if not release.withdraws]
    public = planned.in_force(releases, now)
    begun = [release for release in with_words if release.live_from <= now]
    waiting = [release for release in with_words if release.live_from > now]
    if public and not public.withdraws:
        return [public, *waiting]
    return [*sorted(begun, key=lambda each: (each.live_from, each.number))[-1:], *waiting]


def same_head(page, release):
    return all(getattr(page, name) == getattr(release, name) for name in HEAD)


def blocks_of(pages):
    """Return {id of page: its blocks as a release would hold them}."""
    found = defaultdict(list)
    for kind in Block.kinds.values():
        for block in kind.objects.filter(parent__in=pages):
            found[block.parent_id].append(block)
    return defaultdict(
        list,
        {
            pk: [b.to_json() for b in sorted(blocks, key=lambda each: (each.ordering, each.pk))]
            for pk, blocks in found.items()
        },
    )
