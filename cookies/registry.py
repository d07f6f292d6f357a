"""Every cookie that this site can set: the one list that the notice, the setters, the
deletion, django-cookie-consent's tables and the consent itself are made from.

The law behind it: facts/stalking-and-safety.md section 16 (PECR, regulation 6). Whoever
changes what a reader is shown here or in templates/cookies raises POLICY and puts the
new digest beside it (`manage.py check` says which); everybody is then asked again.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings

from safety import leaving
from safety.accounts import devices

# What readers agree to has this number, began at this moment, and is this text.
POLICY = 2
SINCE = datetime(2026, 11, 26, tzinfo=UTC)
DIGEST = "4eec9a5f03142407"

# Over https a browser ties a cookie with this prefix to this host alone.
PREFIX = "__Host-" if settings.HTTPS else ""


@dataclass(frozen=True)
class Cookie:
    """A cookie, as browsers and readers see it.

    `setter` says who sets it and when; `lifetime` of None is until the browser is closed.
    """

    name: str
    purpose: str
    setter: str
    lifetime: timedelta | None

    @property
    def lasts(self):
        """The lifetime in words."""
        if self.lifetime is None:
            return "until you close your browser"
        seconds = self.lifetime.total_seconds()
        for unit, size in (("month", 2_592_000), ("day", 86_400), ("hour", 3_600), ("minute", 60)):
            if seconds >= size:
                count = round(seconds / size)
                return f"{count} {unit}{'' if count == 1 else 's'}"
        raise ValueError(f"{self.name} lasts {seconds} seconds; say it in minutes or more.")

    def set(self, response, value):
        """Put this cookie on a response, as the choice and every optional cookie are set.

        safety.leaving sets its own, in plain bytes for the front door; Django those of staff.
        """
        response.set_cookie(
            self.name,
            value,
            max_age=self.lifetime,
            secure=settings.HTTPS,
            httponly=True,
            samesite="Lax",
        )

    def delete(self, response):
        """Tell the browser to forget this cookie."""
        response.delete_cookie(self.name, samesite="Lax")


@dataclass(frozen=True)
class Group:
    """Cookies with one purpose. `slug` is its name in forms and in the consent cookie."""

    slug: str
    name: str
    purpose: str
    cookies: tuple[Cookie, ...]


def seconds(number):
    return timedelta(seconds=number)


CONSENT = Cookie(
    settings.COOKIE_CONSENT_NAME,
    "Remembers what you chose about cookies, so that we do not ask on every page.",
    "This site, when you choose",
    seconds(settings.COOKIE_CONSENT_MAX_AGE),
)
PAUSE = Cookie(
    leaving.COOKIE,
    "Hides this site after you leave it, so that the Back button does not show it. "
    "When we set it, we delete the other cookies that you have from us.",
    "This site, when you press “Leave this site”",
    seconds(leaving.SECONDS),
)
SESSION = Cookie(
    settings.SESSION_COOKIE_NAME,
    "Keeps people who work on this site signed in.",
    "This site, for staff who sign in",
    seconds(settings.SESSION_COOKIE_AGE),
)
CSRF = Cookie(
    settings.CSRF_COOKIE_NAME,
    "Checks that a change by staff comes from their own page.",
    "This site, for staff who sign in",
    seconds(settings.CSRF_COOKIE_AGE),
)
KNOWN = Cookie(
    devices.COOKIE,
    "Tells the newsroom that somebody has signed in with this browser before.",
    "This site, for staff who sign in",
    seconds(devices.SECONDS),
)
PREFERENCES_COOKIE = Cookie(
    PREFIX + "reading",
    "Remembers your text size, your colours, and whether to hide the beta notice.",
    "This site, when you save them",
    seconds(settings.COOKIE_CONSENT_MAX_AGE),
)
COUNTED = Cookie(
    PREFIX + "counted",
    "Says only “counted”, so that one visit is not counted twice. "
    "It holds nothing that could tell you from anyone else.",
    "This site, when it counts your visit",
    None,
)

ESSENTIAL = Group(
    "essential",
    "Essential cookies",
    "They make the site work and keep it safe. There is none on a first visit: we set one only when you do something that needs it.",
    (CONSENT, PAUSE, SESSION, CSRF, KNOWN),
)
PREFERENCES = Group(
    "preferences",
    "Preferences cookie",
    "It remembers how you like to read: text size, colours, and hiding the beta notice. "
    "You set these on the reading page.",
    (PREFERENCES_COOKIE,),
)
STATISTICS = Group(
    "statistics",
    "Statistics cookie",
    "We count how often some pages are read and how many visits there are, as sums for a day. "
    "We count on our own computers and share nothing. We never count calls you make. "
    "We never count the advice pages, the contact questions or the incident sheet.",
    (COUNTED,),
)

OPTIONAL = (PREFERENCES, STATISTICS)
GROUPS = (ESSENTIAL, *OPTIONAL)
SLUGS = tuple(group.slug for group in OPTIONAL)


def consent_value(accepted):
    """Return the one value of the consent cookie that says these optional groups are on.

    The format is django-cookie-consent's, in canonical form: sorted, every group there,
    "-1" for refused, and `policy` beside the groups.
    """
    answers = {slug: SINCE.isoformat() if slug in accepted else "-1" for slug in SLUGS}
    return "|".join(f"{k}={v}" for k, v in sorted({**answers, "policy": str(POLICY)}.items()))
