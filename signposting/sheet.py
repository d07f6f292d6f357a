"""The sheet to fill in by hand: facts/stalking-and-safety.md section 11."""

from safety import emergency

from .presenters import in_words
from .references import call_link, emergency_link, helpline
from .releases import in_force

# What to write, and how much room it needs: a line, a few lines, or many.
FIELDS = [
    ("Date and time", "line"),
    ("Place", "line"),
    ("What happened. The exact words, if you can", "many"),
    ("How they contacted you: number, profile or number plate", "few"),
    ("What they looked like: face, voice, clothes. Car: make and colour", "few"),
    ("Who else saw it, and how to reach them", "few"),
    ("How it made you feel", "few"),
    ("What you changed because of it", "few"),
    (
        "What you kept: messages, pictures of the screen with web address and time, gifts, letters, photos, video",
        "few",
    ),
    ("Who you told. Name of the officer. Crime reference", "few"),
]

# The wallet card: short names that do not say what it is about. A number that was taken
# off leaves its line out: what stands in its place has a name, which would tell.
HELPLINE = "helpline"
CARD = [
    ("Police, not urgent", "101"),
    ("Helpline", HELPLINE),
    ("Advice near you", "victim-care"),
    ("Someone to talk to", "samaritans"),
]


def card():
    """Return the card's (label, link) pairs, and the words for its oldest check."""
    register = in_force()
    first = helpline(register)
    wanted = [(label, first if slug == HELPLINE else slug) for label, slug in CARD]
    services = {
        slug: service
        for slug, service in register.items()
        if slug in dict(wanted).values() and has_number(service)
    }
    links = {slug: call_link(service) for slug, service in services.items()}
    links |= {
        slug: emergency_link(emergency.ROUTES[slug])
        for _, slug in wanted
        if slug in emergency.ROUTES
    }
    checks = [service.last_check for service in services.values()]
    return [(label, links[slug]) for label, slug in wanted if slug in links], checked(checks)


def has_number(service):
    """Return whether readers may ring the first way to reach a service."""
    first = service.first_route
    return service.is_published and first is not None and first.is_usable and bool(first.dial)


def checked(checks):
    """Return when the oldest number was checked, as short as the card, or "" for no number."""
    if not checks:
        return ""
    return f"Numbers checked {in_words(min(check.day for check in checks))}."
