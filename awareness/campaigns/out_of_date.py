"""Which printed things have a number that is not right any more: told to staff, from the register's releases."""

from datetime import timedelta

from django.utils import timezone
from django.utils.formats import date_format

from signposting import references as register
from signposting.models import Release as RegisterRelease

from ..models import Kind, Release

# How long staff are told after a number changed. By then partners have new ones.
TOLD = timedelta(days=60)
WORDS = (
    "Posters and strips of {title} from before {day} have {old}, which is not right any more. Print "
    "new ones, and ask partners to take new ones."
)


def due(moment):
    """Return a sentence for each public campaign whose number changed after it was published."""
    change = changed(moment)
    if change is None:
        return []
    when, old = change
    campaigns = Release.objects.public(moment).filter(kind=Kind.CAMPAIGN)
    day = date_format(timezone.localtime(when), "j F Y")
    return [
        WORDS.format(title=each.title, day=day, old=old)
        for each in campaigns.defer("blocks")
        if Release.objects.filter(page=each.page_id, live_from__lt=when).exists()
    ]


def changed(moment):
    """Return (when, what it was) of the last change of the large number, or None."""
    shown = next(
        (each for each in register.first_numbers(moment) if each.service.slug != register.POLICE),
        None,
    )
    if shown is None:
        return None
    # None where it was taken off: then what is printed has a number that must not be called.
    now, after = shown.first and shown.first.number, None
    releases = RegisterRelease.objects.filter(service__slug=shown.service.slug)
    for release in releases.filter(made_at__lte=moment).order_by("-number"):
        number = first_number(release.content)
        if plain(number) != plain(now):
            recent = after and after.made_at > moment - TOLD
            return (after.made_at, number or "no number") if recent else None
        after = release
    return None


def first_number(content):
    """Return the number that stood first in a release of the register, or ""."""
    first = content["service"]["first_route"]
    return next((r["display"] for r in content["routes"] if r["key"] == first), "")


def plain(number):
    return "".join(sign for sign in str(number or "") if sign.isdigit())
