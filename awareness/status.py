"""What the public sees of a page now, what is waiting, and when that changes: in sentences."""

from . import editing, uk_time
from .edition import campaign_moments
from .models import Quotation


def sentences(page, now):
    """Return the sentences for the editor of a page, at an aware moment."""
    if page.pk is None:
        return ["This is a new page. Readers see it once you save and publish it."]
    current = page.releases.in_force(now).first()
    said = [seen(page, current, now), *changes(page, current, now)]
    if editing.has_changes(page):
        if editing.last_words(page):
            said.append("The working copy has changes that are not published.")
    else:
        said.append("The working copy is the same as the last release.")
    return said + permissions(page)


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
            said.append(f"At {uk_time.words(bound)} {turn(release, bound)}.")
        current = release
    return said + campaign(page, now)


def turn(release, bound):
    if release is None:
        return "the time of the release ends, and the page is taken down"
    if release.withdraws:
        return "the page is withdrawn"
    verb = "takes its place" if release.live_from == bound else "shows again"
    return f"release {release.number} {verb}"


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
