"""What the site itself has for an edition: what any page shows of it, and where it may lead."""

from urllib.parse import urlsplit

from publishing.sources import EditionSource, KnownAddress, register

from . import in_force
from .models import Look, Owner, UrgentNotice, printed
from .models.owners import REACH


def made_from(moment):
    notice = in_force.notice(moment)
    # Of who runs the site only what pages show: nobody reads who asked, and when.
    return [in_force.look().said, in_force.owner().said, notice and notice.words]


def known_addresses():
    owner = in_force.owner()
    return [KnownAddress(each) for each in (owner.contact, owner.complaints) if each]


def ways():
    owner = in_force.owner()
    return [f"{getattr(owner, name)} as {name}" for name in REACH if getattr(owner, name)]


def link_hosts():
    return [urlsplit(in_force.owner().exit_url).hostname]


def alarms():
    """Return a sentence for what was changed past the newsroom, and is set aside for it."""
    newest, agreed = Look.objects.first(), Owner.objects.exclude(agreed_at=None).first()
    found = []
    for name, model, since in (
        ("Who runs this site", Owner, "agreed_at"),
        ("The name and colours of the site", Look, "made_at"),
    ):
        if printed.lost(model, since):
            found.append(f"{name}: what was made last is gone from the database.")
    if UrgentNotice.objects.lost():
        found.append("An urgent notice is not as an editor left it.")
    if newest and not newest.is_right:
        found.append("The name and colours of the site are not as an editor made them.")
    if agreed and not agreed.is_right:
        found.append("Who runs this site is not as two people agreed it.")
    return [f"{sentence} Readers keep what was there before. Make it again." for sentence in found]


register(
    EditionSource(
        "identity",
        known_addresses=known_addresses,
        link_hosts=link_hosts,
        ways=ways,
        next_moment=UrgentNotice.objects.next_moment,
        made_from=made_from,
        alarms=alarms,
        kept=in_force.kept,
    )
)
