"""What a page must know about a reader: a small closed set, read without the database.

The front door and `cookies.middleware` ask `read`, and splice what the state says.
"""

from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from urllib.parse import parse_qs

from publishing.serving.cookie_header import pairs

from . import preferences as ways
from . import registry
from .paths import COOKIE_PAGES, FORMS, is_counted, is_own

ASK, GPC, SET = "ask", "gpc", "set"

# Every value of the consent cookie that counts; any other means "not asked".
CONSENT_VALUES = {
    registry.consent_value(groups).encode(): groups
    for groups in [(), *((slug,) for slug in registry.SLUGS), registry.SLUGS]
}
CONSENT_NAME = registry.CONSENT.name.encode()
PREFERENCES_NAME = registry.PREFERENCES_COOKIE.name.encode()


@dataclass(frozen=True)
class State:
    """What the reader answered, what that allows, and what to tell them.

    answer      ASK, GPC (not asked: the browser says no for them) or SET
    groups      the optional groups that are on: none unless SET
    preferences how they like to read: the default unless preferences are on
    flag        "saved" just after a choice, "error" when a choice could not be saved
    key         this state's name
    attributes  what goes on <html>: b"" or starts with a space
    """

    answer: str
    groups: tuple[str, ...] = ()
    preferences: ways.Preferences = ways.DEFAULT
    flag: str = ""

    def __post_init__(self):
        choice = "-".join((self.answer, *self.groups))
        key = ".".join(filter(None, (choice, self.preferences.value, self.flag)))
        object.__setattr__(self, "choice", choice)
        object.__setattr__(self, "key", key)
        object.__setattr__(self, "attributes", self.preferences.attributes)

    def message(self, path):
        """Return the name of the part that fills the message place of the page at `path`."""
        if path == "/cookies/":
            return "-".join(filter(None, ("message/choices", self.choice, self.flag)))
        if path == "/cookies/reading/":
            agreed = "preferences" in self.groups
            what = self.preferences.value if agreed else "ask"
            return "-".join(filter(None, ("message/preferences", what, self.flag)))
        if self.answer == ASK:
            return f"message/ask{'-error' if self.flag else ''}"
        counted = "statistics" in self.groups and is_counted(path)
        return f"message/{self.flag or 'nothing'}{'-counted' if counted else ''}"


def every_state():
    """Yield the whole set."""
    yield from (State(ASK), State(ASK, flag="error"), State(GPC))
    for groups, flag in product(CONSENT_VALUES.values(), ("", "saved")):
        possible = ways.ALL if "preferences" in groups else [ways.DEFAULT]
        yield from (State(SET, groups, way, flag) for way in possible)


STATES = {(s.answer, s.groups, s.preferences, s.flag): s for s in every_state()}
ASKED = STATES[ASK, (), ways.DEFAULT, ""]
ASKED_AGAIN = STATES[ASK, (), ways.DEFAULT, "error"]
NOT_ASKED = STATES[GPC, (), ways.DEFAULT, ""]


@lru_cache(maxsize=512)  # Nearly all who have chosen send one of a few headers.
def read(cookie_header: bytes, sec_gpc: bytes, flag: str) -> State:
    """Return the state of a reader who sends these two headers and came with this flag.

    Strict: one consent cookie with one of a handful of values, or nothing was agreed to.
    "saved" is believed only of who has chosen, and "error" only of who has not. Raises
    nothing, whatever the bytes.
    """
    if not cookie_header:
        return unasked(sec_gpc, flag)
    consent, way = [], []
    for name, value in pairs(cookie_header):
        if name == CONSENT_NAME:
            consent.append(value)
        elif name == PREFERENCES_NAME:
            way.append(value)
    groups = CONSENT_VALUES.get(unquoted(consent[0])) if len(consent) == 1 else None
    if groups is None:
        return unasked(sec_gpc, flag)
    wanted = way[0] if "preferences" in groups and len(way) == 1 else b""
    preferred = ways.BY_VALUE.get(wanted, ways.DEFAULT)
    return STATES[SET, groups, preferred, "saved" if flag == "saved" else ""]


def unasked(sec_gpc, flag):
    """Return the state of a reader who has chosen nothing; most are, so it is made already."""
    if sec_gpc == b"1":
        return NOT_ASKED
    return ASKED_AGAIN if flag == "error" else ASKED


def unquoted(value):
    """Return a cookie's value without the quotes that Python and browsers keep round it."""
    if len(value) > 1 and value[:1] == value[-1:] == b'"':
        return value[1:-1]
    return value


def flag(query: bytes) -> str:
    """Return the flag in a query string: "saved", "error" or "". Raises nothing."""
    pairs = query.split(b"&")
    return next((f for f in ("saved", "error") if b"cookies=" + f.encode() in pairs), "")


def flag_of_error(path: str, status: int) -> str:
    """Return the flag of an error page: "error" where a choice was sent and could not be saved."""
    return "error" if status >= 500 and path in FORMS else ""


def address(path: str, query: bytes) -> str:
    """Return what goes into the message's hole: where the reader is to be taken back to.

    That is the page itself; on the cookie pages, the page of ours that they came `from`.
    `path` is a page of ours. Raises nothing.
    """
    if path not in COOKIE_PAGES:
        return path
    try:
        came_from = parse_qs(query.decode("ascii"), max_num_fields=9).get("from", [""])[-1]
    except ValueError:
        came_from = ""
    return came_from if is_own(came_from) and came_from not in COOKIE_PAGES else "/"
