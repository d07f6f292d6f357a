"""Plain builders: a page as ours are, and an edition with it."""

from datetime import UTC, datetime

from publishing.printing.editions import Edition, Item

HTML = "text/html; charset=utf-8"
CARD = """<section id="emergency"><h2>In danger now? Call 999</h2>
<a class="call" href="tel:999">999</a></section>"""
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
KNOWN = ("999", "101", "08088020300", "01159476490")


def make_html(main="<p>Words.</p>", head="", card=CARD, title="Are you being stalked?"):
    return f"""<!doctype html>
<html lang="en-GB" data-reader><head><title>{title}</title>{head}</head>
<body><!--message--><main id="main"><h1>{title}</h1>{main}</main>{card}</body></html>"""


def make_page(html=None):
    return Item("page", HTML, (html or make_html()).encode())


def make_edition(pages=None, files=None, parts=None, **given):
    """Return an Edition. `pages` is address -> HTML, `parts` name -> HTML, `files` Items."""
    items = {path: make_page(html) for path, html in {"/": make_html(), **(pages or {})}.items()}
    given = {"made": NOON, "numbers": KNOWN, **given}
    return Edition(
        items={**items, **(files or {})},
        parts={name: Item("part", HTML, html.encode()) for name, html in (parts or {}).items()},
        **given,
    )
