"""What an editor does with a page: publish, schedule, withdraw, revert, discard.

Each function is one transaction, tells publishing that readers should see a change, and
raises NotAllowedError or ValidationError with a sentence for the editor.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

import publishing
from publishing.printing.snapshot import snapshot
from signposting import references

from .models import HEAD, Block, NotAllowedError, Page, Quotation, Release, lost


@transaction.atomic
def publish(page, author="", note="", live_from=None, live_until=None):
    """Freeze the working copy into a release that is public from `live_from`, or from now."""
    check(page)
    return add(page.freeze(), author, note, live_from, live_until)


@transaction.atomic
def copy(page, **head):
    """Make a new page with the words of another, as they are saved, and a head of its own.

    Who is quoted agreed to one page, so nobody has agreed to this one yet.
    """
    # A button pressed twice: the second waits here, and is told that the address is taken.
    page = Page.objects.select_for_update().get(pk=page.pk)
    again = Page(**{name: getattr(page, name) for name in HEAD} | head)
    again.full_clean()
    again.save()
    for place, block in enumerate(page.blocks(), start=1):
        kind = type(block)
        made = kind.from_json(block.to_json(), again, place * 10)
        if kind is Quotation:
            made.permission = Quotation.Permission.TO_CONFIRM
        made.save()
    return again


@transaction.atomic
def move(release, author="", note="", live_from=None, live_until=None):
    """Show what waits in a release from another time: a new release takes its place. Return it."""
    again = Release(
        page=release.page,
        **{name: getattr(release, name) for name in (*HEAD, "blocks", "withdraws")},
    )
    release.cancel()
    return add(again, author, note, live_from, live_until)


@transaction.atomic
def withdraw(page, author="", note="", live_from=None, live_until=None):
    """Take the page down from `live_from`, or from now; its address still helps."""
    if not page.releases.standing().filter(withdraws=False).exists():
        raise NotAllowedError(
            "This page has never been published, so there is nothing to withdraw."
        )
    release = page.freeze()
    release.withdraws, release.blocks = True, []
    return add(release, author, note, live_from, live_until)


@transaction.atomic
def revert(release, author="", note=""):
    """Publish an earlier release again. Return the new one.

    The working copy follows, unless it holds changes of its own that would be lost.
    """
    # What an editor saves at this moment is saved before, and stays, or after.
    page = Page.objects.select_for_update().get(pk=release.page_id)
    if release.withdraws:
        raise NotAllowedError("That was a withdrawal. Choose a release with words to go back to.")
    if release.cancelled_at or release.live_from > timezone.now():
        raise NotAllowedError("Readers never saw that release. Choose one that they have seen.")
    follows = not has_changes(page)
    again = Release(
        page=page,
        **{name: getattr(release, name) for name in HEAD},
        blocks=release.blocks,
    )
    again = add(again, author, note or f"Back to release {release.number}")
    if follows:
        restore(page, again)
    return again


@transaction.atomic
def discard_changes(page):
    """Put the working copy back to the last release. Return that release."""
    release = last_words(page)
    if release is None:
        raise NotAllowedError(
            "This page has never been published, so there is nothing to go back to."
        )
    restore(page, release)
    return release


def last_words(page):
    """Return the release whose words the public sees, or saw last, or will see; or None."""
    releases = page.releases.standing().filter(withdraws=False)
    now = timezone.now()
    return (
        releases.public(now).first()
        or releases.begun(now).order_by("-live_from", "-number").first()
        or releases.first()
    )


def has_changes(page):
    """Return whether the working copy differs from the last release."""
    release = last_words(page)
    return release is None or not same_words(page.freeze(), release)


def same_words(one, other):
    """Return whether two releases show the same, whatever their dates and authors."""
    return all(getattr(one, name) == getattr(other, name) for name in (*HEAD, "blocks"))


def check(page):
    """Look once more at everything that will be frozen. Raises ValidationError."""
    # The register and the owner are the same for all blocks, and asked once.
    with snapshot():
        page.full_clean()
        for number, block in enumerate(page.blocks(), start=1):
            try:
                block.full_clean()
                refuse_links_off(block)
            except ValidationError as error:
                name = block._meta.verbose_name
                raise ValidationError(
                    [f"Block {number} ({name}): {sentence}" for sentence in error.messages]
                ) from error


def refuse_links_off(block):
    """Refuse links to sites that were taken off: of a page that has them readers get the words alone."""
    for name in block.rich():
        for href in references.links_off(getattr(block, name)):
            raise ValidationError(
                f"The link or address {href} was taken off. Take it out, or ask two register "
                "keepers to agree it again."
            )


def add(release, author, note, live_from=None, live_until=None):
    now = timezone.now()
    if live_from and live_from < now:
        raise NotAllowedError("That time has passed. Choose a later one, or publish now.")
    # Two editors at once: the second waits here and takes the next number.
    page = Page.objects.select_for_update().get(pk=release.page_id)
    last = page.releases.aggregate(last=Max("number"))["last"] or 0
    release.number = lost.number_of(page.pk, last) + 1
    release.live_from, release.live_until = live_from or now, live_until
    release.author, release.note, release.made_at = author, note, now
    release.images = sorted(
        name for block in release.blocks for name in Block.kinds[block["type"]].files(block)
    )
    release.validate_constraints()
    release.save()
    publishing.changed()
    return release


def restore(page, release):
    """Make the working copy what the release holds."""
    for name in HEAD:
        setattr(page, name, getattr(release, name))
    page.save()
    for model in Block.kinds.values():
        model.objects.filter(parent=page).delete()
    for place, words in enumerate(release.blocks, start=1):
        Block.kinds[words["type"]].from_json(words, page, place * 10).save()
