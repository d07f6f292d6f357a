"""Plain builders: a page as ours are, and an edition with it."""

from datetime import UTC, datetime

from publishing.printing.editions import Edition, Item
from publishing.sources import Known, KnownAddress, Number
from safety import emergency
from safety.card import CARD

HTML = "text/html; charset=utf-8"
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
NUMBERS = (
    Number(
        "08088020300", "0808 802 0300", "National Stalking Helpline", "national-stalking-helpline"
    ),
    Number("01159476490", "0115 947 6490", "Juno", "juno"),
    Number("116123", "116 123", "Samaritans", "samaritans"),
    Number("111", "111", "NHS 111", "nhs-111"),
    *emergency.numbers(),
)
ADDRESSES = (
    *emergency.addresses(),
    KnownAddress("/help/samaritans/", "Samaritans"),
    KnownAddress("jo@samaritans.org", "Samaritans"),
    KnownAddress("https://www.samaritans.org", "Samaritans"),
    KnownAddress("/help/national-stalking-helpline/", "National Stalking Helpline"),
    KnownAddress("https://www.facebook.com/samaritanscharity", "Samaritans"),
)
HOSTS = frozenset(["www.police.uk", "gov.uk"])
KNOWN = Known(NUMBERS, ADDRESSES, HOSTS, (CARD,))


def make_html(main="<p>Words.</p>", head="", card=CARD, title="Are you being stalked?"):
    return f"""<!doctype html>
<html lang="en-GB" data-reader><head><title>{title}</title>{head}</head>
<body><!--message--><main id="main"><h1>{title}</h1>{main}</main>{card}</body></html>"""


def make_page(html=None):
    return Item("page", HTML, (html or make_html()).encode())


def make_edition(pages=None, files=None, parts=None, **given):
    """Return an Edition. `pages` is address -> HTML, `parts` name -> HTML, `files` Items."""
    items = {path: make_page(html) for path, html in {"/": make_html(), **(pages or {})}.items()}
    given = {"made": NOON, "numbers": KNOWN.dials, **given}
    return Edition(
        items={**items, **(files or {})},
        parts={name: Item("part", HTML, html.encode()) for name, html in (parts or {}).items()},
        **given,
    )
