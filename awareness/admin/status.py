"""What the public sees of a page now, what is waiting, and when that changes: in sentences."""

from signposting.opening_hours import uk_time

from .. import editing
from ..edition_source import campaign_moments
from ..models import Quotation


def sentences(page, now):
    """Return the sentences for the editor of a page, at an aware moment."""
    if page.pk is None:
        return ["This is a new page. Readers see it once you save and publish it."]
    current = page.releases.in_force(now).first()
    said = [seen(page, current, now), *changes(page, current, now)]
    return [*said, *working_copy(page, now), *permissions(page)]


def working_copy(page, now):
    """Yield which release the working copy is the same as, if there is any release."""
    draft = page.freeze()
    waiting = [r for r in page.releases.waiting(now) if editing.same_words(draft, r)]
    if not editing.has_changes(page):
        yield "The working copy is the same as the last release."
    elif waiting:
        yield f"The working copy is the same as release {waiting[0].number}, which is waiting."
    elif editing.last_words(page):
        yield "The working copy has changes that are not published."


def seen(page, release, now):
    """Return what the public sees now."""
    if release and not release.withdraws:
        by = f" by {release.author}" if release.author else ""
        since = uk_time.words(release.live_from)
        return f"The public sees release {release.number}, published{by} at {since}."
    if release:
        since = uk_time.words(release.live_from)
        return f"The public does not see this page. It was withdrawn at {since}."
    ended = page.releases.begun(now).order_by("-live_until").first()
    if ended:
        return f"The public does not see this page. Its time ended at {uk_time.words(ended.live_until)}."
    return "The public does not see this page. It has not been published."


def changes(page, current, now):
    """Return what will change by itself, in order, each with its time."""
    standing = page.releases.standing()
    bounds = {release.live_from for release in standing}
    bounds |= {release.live_until for release in standing if release.live_until}
    said = []
    for bound in sorted(bound for bound in bounds if bound > now):
        release = page.releases.in_force(bound).first()
        if release != current:
            said.append(f"At {uk_time.words(bound)} {turn(release, current, bound)}.")
        current = release
    return said + campaign(page, now)


def turn(release, before, bound):
    """Return what a release that comes into force at an aware moment does to the one before."""
    if release is None:
        return "the time of the release ends, and the page is taken down"
    if release.withdraws:
        return "the page is withdrawn"
    if release.live_from != bound:
        return f"release {release.number} shows again"
    if before is None or before.withdraws:
        return f"the page is published: readers see release {release.number}"
    return f"release {release.number} takes its place"


def campaign(page, now):
    """Return when the campaign that the public sees begins and is over."""
    release = page.releases.public(now).first()
    verbs = ("it says that the campaign is on", "it says that the campaign is over")
    return [
        f"At {uk_time.words(day)} {verb}."
        for day, verb in zip(campaign_moments(release) if release else (), verbs, strict=False)
        if day > now
    ]


def permissions(page):
    waiting = Quotation.objects.filter(parent=page, permission=Quotation.Permission.TO_CONFIRM)
    return [
        f"Nobody has confirmed that {quotation.name} agrees to be quoted." for quotation in waiting
    ]
