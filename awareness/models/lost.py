"""Pages whose last release the database has no more, though it was there when they were printed.

The site never deletes one: somebody did, by SQL, or an older backup was put back. The release
before it is signed too, so old words, or a page that was taken down, would come back.
"""

from django.db.models import Max

from publishing.printing import records, snapshot

from .pages import Page
from .releases import Release


def kept() -> list[list[int]]:
    """Return what is kept with an edition: each page's id, and the number of its last release."""
    now, had = last_numbers(), printed()
    return [[page, max(now.get(page, 0), had.get(page, 0))] for page in sorted({*now, *had})]


def number_of(page, now=0) -> int:
    """Return the number of the last release of a page, by its id: `now`, or one that is gone."""
    return max(now, printed().get(page, 0))


@snapshot.once
def pages() -> frozenset[int]:
    """Return the ids of the pages whose last release is gone; nothing of them is shown."""
    had = printed()
    now = last_numbers() if had else {}
    return frozenset(page for page, number in had.items() if now.get(page, 0) < number)


def printed():
    return dict(records.last_kept("awareness") or ())


@snapshot.once
def last_numbers():
    return dict(Release.objects.order_by().values_list("page").annotate(last=Max("number")))


def standing(releases) -> list[Release]:
    """Return those releases that are as they were published, and after which none is gone."""
    gone = pages()
    return [each for each in releases if each.is_right and each.page_id not in gone]


@snapshot.once
def public(moment) -> list[Release]:
    """Return the releases that readers see at an aware moment, without those that are not standing()."""
    return standing(Release.objects.public(moment))


def alarms():
    """Yield a sentence for each page whose last release is gone."""
    gone = pages()
    titles = dict(Page.objects.filter(pk__in=gone).values_list("pk", "title")) if gone else {}
    for page in sorted(gone):
        yield (
            f"The last release of the page {titles.get(page, page)} is gone from the database: it "
            "was deleted there, or an older backup was put back. The page is set aside: readers "
            "keep its last good print. Look at the working copy, and publish it again or withdraw it."
        )
