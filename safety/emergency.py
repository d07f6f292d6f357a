"""The routes to help in an emergency: one table of constants, never from the database.

Read by the emergency card, the help page, the open feed and the gate. What a route may
say, and how sure we are of it, is facts/helplines.md sections 1, 2 and 4.1 to 4.3; none
of it was confirmed with its owner, so every route carries its confidence and the day the
facts were gathered.
"""

from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from publishing.sources import KnownAddress, Number

IN_THE_CALL_LIST = "The call stays in the phone's list of calls. It may be on the bill."
NOT_CONFIRMED = "Free (not confirmed)"
ALL_DAY = "24 hours, as published"
ANY_TIME = "Call at any time."
GATHERED = date(2026, 11, 22)


@dataclass(frozen=True)
class Route:
    """One way to reach emergency help or the police.

    `slug` names it in references such as [[999]]. `dial` is what is keyed in, "" where
    nothing is; `display` is how it is shown. `href` is the link, "" where there must be
    none: a textphone number does not belong on a phone's own call button, and 55 is a
    key to press when asked, never a number to ring. `kind` is "voice", "key", "video",
    "textphone" or "text". `confidence` is "two" (published pages agree), "one",
    "conflict" or "unconfirmed". `checked` is the day the facts were gathered.
    """

    slug: str
    name: str
    dial: str
    display: str
    href: str
    kind: str
    who: str
    cost: str
    hours: str
    trace: str
    confidence: str
    source: str
    checked: date = GATHERED

    @property
    def is_always_open(self):
        """Whether it is there by day and by night; what nobody knows is not."""
        return self.hours in (ALL_DAY, ANY_TIME)


_routes = (
    Route(
        slug="999",
        name="999, emergency",
        dial="999",
        display="999",
        href="tel:999",
        kind="voice",
        who="Anyone in danger now, or when a crime is happening or has just happened.",
        cost=NOT_CONFIRMED,
        hours=ANY_TIME,
        trace=IN_THE_CALL_LIST,
        confidence="two",
        source="facts/helplines.md section 4.1, 999",
    ),
    Route(
        slug="112",
        name="112, emergency",
        dial="112",
        display="112",
        href="tel:112",
        kind="voice",
        who="The same service as 999.",
        cost=NOT_CONFIRMED,
        hours=ANY_TIME,
        trace=IN_THE_CALL_LIST,
        confidence="two",
        source="facts/helplines.md section 4.1, 999",
    ),
    Route(
        slug="55",
        name="55, on a mobile, when you cannot speak",
        dial="",
        display="55",
        href="",
        kind="key",
        who="Someone who has called 999 on a mobile and cannot speak. "
        "Press 55 when you are asked to. 55 does not tell police where you are.",
        cost=NOT_CONFIRMED,
        hours="Call 999 at any time.",
        trace=IN_THE_CALL_LIST,
        confidence="two",
        source="facts/helplines.md section 4.1, silent-solution",
    ),
    Route(
        slug="999-bsl",
        name="999 BSL",
        dial="",
        display="999bsl.co.uk",
        href="https://999bsl.co.uk",
        kind="video",
        who="People who use British Sign Language (BSL). You do not need to register.",
        cost="Free. It does not use up your data.",
        hours=ALL_DAY,
        trace="The website stays in the browser's history. The app stays on the phone.",
        confidence="two",
        source="facts/helplines.md section 4.2, 999-bsl",
    ),
    Route(
        slug="18000",
        name="Relay UK, emergency",
        dial="18000",
        display="18000",
        href="",
        kind="textphone",
        who="People who cannot hear or speak on the phone.",
        cost="We do not know the cost.",
        hours=ALL_DAY,
        trace="The call or the messages stay on the phone.",
        confidence="two",
        source="facts/helplines.md section 4.2, relay-uk",
    ),
    Route(
        slug="18001",
        name="Relay UK, police when it is not an emergency",
        dial="18001101",
        display="18001 101",
        href="",
        kind="textphone",
        who="People who cannot hear or speak on the phone.",
        cost="We do not know the cost.",
        hours="Hours can change. Check with the service.",
        trace="The call or the messages stay on the phone.",
        confidence="unconfirmed",
        source="facts/helplines.md section 4.2, relay-uk",
    ),
    Route(
        slug="text-999",
        name="emergencySMS",
        dial="999",
        display="Text 999",
        href="sms:999",
        kind="text",
        who="Built for people who are deaf or hard of hearing, or who find it hard to "
        "speak. You must register your phone first.",
        cost="We do not know the cost.",
        hours="We do not know the hours.",
        trace="The texts to 999 stay on the phone, the ones to register as well.",
        confidence="two",
        source="facts/helplines.md section 4.2, emergency-sms",
    ),
    Route(
        slug="101",
        name="Police, when it is not an emergency",
        dial="101",
        display="101",
        href="tel:101",
        kind="voice",
        who="Anyone. You do not need proof, or to know what crime it is.",
        cost=NOT_CONFIRMED,
        hours="Hours can change. Check with the police.",
        trace=IN_THE_CALL_LIST + " Ask police to agree safe times and ways to reply.",
        confidence="two",
        source="facts/helplines.md section 4.3, police-101",
    ),
)

# In the order of need: danger first.
ROUTES = MappingProxyType({route.slug: route for route in _routes})

CANNOT_SPEAK = "Call 999. Listen. Whisper if you can. If you cannot speak, cough or tap."
ON_A_MOBILE = (
    "Press 55 when you are asked to. 55 does not tell police where you are. "
    "If you can say one thing, whisper where you are."
)
ON_A_LANDLINE = (
    "Stay on the line. Where you are is sent to police. "
    "If you hang up, the line may stay open for 45 seconds so you can pick up again."
)
# What to do before text 999 works at all; never shown without it.
REGISTER_TO_TEXT = (
    "Text the word register to 999.",
    "Read the reply. Reply yes.",
    "Wait until a text says you are registered.",
)
TO_TEXT_999 = (
    "Then you can text 999. Say which service you need, what is happening and where. "
    "A reply takes about 2 minutes. If none comes in 3 minutes, text again or use another way."
)


def numbers():
    """Return every number of the table that a phone can dial, for the gate.

    Text 999 dials what the first row dials, and 55 is not a number to dial.
    """
    return [
        Number(route.dial, route.display, route.name, route.slug)
        for route in ROUTES.values()
        if route.dial and route.kind != "text"
    ]


def addresses():
    """Return every web address of the table, for the gate."""
    links = [route for route in ROUTES.values() if route.href.startswith("https:")]
    return [KnownAddress(route.href, route.name) for route in links]
