"""What the public sees of a page now, what is waiting, and when that changes: in sentences."""

from signposting.opening_hours import uk_time

from .. import editing
from ..desk import home_campaign, planned
from ..models import Kind, Quotation


def sentences(page, now):
    """Return the sentences for the editor of a page, at an aware moment."""
    if page.pk is None:
        return ["This is a new page. Readers see it once you save and publish it."]
    current = page.releases.in_force(now).first()
    said = [seen(page, current, now), *changes(page, now)]
    return [*said, *home(page, current, now), *working_copy(page, now), *permissions(page)]


def home(page, current, now):
    """Yield what the home page makes of a campaign, once it has its days."""
    if page.kind == Kind.CAMPAIGN and page.first_day:
        is_public = bool(current) and not current.withdraws
        yield home_campaign.in_words(current if is_public else page, now, is_public)


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


def changes(page, now):
    """Return what will change by itself, in order, each with its time."""
    standing = list(page.releases.standing().defer("blocks"))
    return [
        f"At {uk_time.words(change.at)} {change.words}." for change in planned.of_one(standing, now)
    ]


def permissions(page):
    waiting = Quotation.objects.filter(parent=page, permission=Quotation.Permission.TO_CONFIRM)
    return [
        f"Nobody has confirmed that {quotation.name} agrees to be quoted." for quotation in waiting
    ]
