"""The routes to help in an emergency: one table of constants, never from the database.

Read by the emergency card, the help page, the open feed and the gate. What a route may
say, and how sure we are of it, is facts/certain-facts.md sections 1 to 5.
"""

from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from publishing.sources import KnownAddress, Number

IN_THE_CALL_LIST = (
    "It stays in the list of calls on your phone, and may show on other devices that share "
    "your account."
)
FREE = "Free."
ALL_DAY = "Day and night."
GATHERED = date(2026, 11, 22)


@dataclass(frozen=True)
class Route:
    """One way to reach emergency help or the police.

    `slug` names it in references such as [[999]]. `dial` is what is keyed in, "" where
    nothing is; `display` is how it is shown. `href` is the link, "" where there must be
    none: a textphone number does not belong on a phone's own call button, and 55 is a
    key to press when asked, never a number to ring. `kind` is "voice", "key", "video",
    "textphone" or "text". `cost` and `hours` are "" where nothing is said of them.
    `confidence` is the grade: "rule" (the law or the regulator), "owner" (the service's own
    words) or "two" (pages agree). `checked` is the day the facts were gathered.
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
        return self.hours == ALL_DAY


_routes = (
    Route(
        slug="999",
        name="999, emergency",
        dial="999",
        display="999",
        href="tel:999",
        kind="voice",
        who="Anyone in danger now, or when a crime is happening or has just happened.",
        cost="Free from any phone, with no credit too.",
        hours=ALL_DAY,
        trace=IN_THE_CALL_LIST,
        confidence="rule",
        source="facts/certain-facts.md sections 1 and 5, 999",
    ),
    Route(
        slug="112",
        name="112, emergency",
        dial="112",
        display="112",
        href="tel:112",
        kind="voice",
        who="The same service as 999.",
        cost=FREE,
        hours=ALL_DAY,
        trace=IN_THE_CALL_LIST,
        confidence="rule",
        source="facts/certain-facts.md section 1, 999 and 112",
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
        cost=FREE,
        hours=ALL_DAY,
        trace=IN_THE_CALL_LIST,
        confidence="two",
        source="facts/certain-facts.md section 3",
    ),
    Route(
        slug="999-bsl",
        name="999 BSL",
        dial="",
        display="999bsl.co.uk",
        href="https://999bsl.co.uk",
        kind="video",
        who="People who use British Sign Language (BSL). You do not need to register.",
        cost="Free, and it does not use up your data.",
        hours=ALL_DAY,
        trace="The website stays in the browser’s history. The app stays on the phone.",
        confidence="rule",
        source="facts/certain-facts.md section 4, 999 BSL",
    ),
    Route(
        slug="18000",
        name="Relay UK, emergency",
        dial="18000",
        display="18000",
        href="",
        kind="textphone",
        who="People who cannot hear or speak on the phone.",
        cost=FREE,
        hours=ALL_DAY,
        trace="The call or the messages stay on the phone.",
        confidence="owner",
        source="facts/certain-facts.md sections 1 and 4, 18000",
    ),
    Route(
        slug="18001",
        name="Relay UK, police when it is not an emergency",
        dial="18001101",
        display="18001 101",
        href="",
        kind="textphone",
        who="People who cannot hear or speak on the phone.",
        cost="No extra cost: you pay what the number costs. 101 is free.",
        hours=ALL_DAY,
        trace="The call or the messages stay on the phone.",
        confidence="two",
        source="facts/certain-facts.md sections 1 and 4, 18001 101",
    ),
    Route(
        slug="text-999",
        name="emergencySMS",
        dial="999",
        display="Text 999",
        href="sms:999",
        kind="text",
        who="People who cannot make a voice call. Sign up before you need it.",
        cost="",
        hours="",
        trace="The texts to 999 stay on the phone, the ones to register as well.",
        confidence="owner",
        source="facts/certain-facts.md section 4, emergencySMS",
    ),
    Route(
        slug="101",
        name="Police, when it is not an emergency",
        dial="101",
        display="101",
        href="tel:101",
        kind="voice",
        who="Anyone. You do not need proof, or to know what crime it is.",
        cost=FREE,
        hours=ALL_DAY,
        trace=IN_THE_CALL_LIST + " Ask police to agree safe times and ways to reply.",
        confidence="owner",
        source="facts/certain-facts.md sections 1, 4 and 5, police-101",
    ),
)

# In the order of need: danger first.
ROUTES = MappingProxyType({route.slug: route for route in _routes})

# The silent call, as three steps for each kind of phone: facts/certain-facts.md section 3.
ON_A_MOBILE = (
    "Call 999. Listen.",
    "Whisper if you can. If you cannot, cough or tap the phone.",
    "Press 55 when you are asked to.",
)
ON_A_LANDLINE = (
    "Call 999. Listen.",
    "Whisper if you can. If you cannot, cough or tap the phone.",
    "Do not hang up. Stay on the line.",
)
AFTER_ON_A_MOBILE = "If you make no sound and do not press 55, the call will end."
AFTER_ON_A_LANDLINE = "Your address should show to police by itself."
YES_OR_NO = "Police then ask yes or no questions. Answer with a tap, a cough or a key."
WHERE_YOU_ARE = (
    "55 does not tell police where you are. Many mobiles send your place to 999 by themselves, "
    "but it can be wrong. If you can say one thing, say where you are."
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
