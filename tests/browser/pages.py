"""What the tests of every page share: the addresses, a tab, and the sizes to look at."""

from contextlib import contextmanager
from html.parser import HTMLParser
from urllib.error import HTTPError
from urllib.request import Request, urlopen

WIDTHS = {320: 568, 768: 1024, 1280: 800}  # a small phone, a tablet, a desk

ADDRESSES = """
from django.utils import timezone
from publishing import sources
for address in sources.addresses(timezone.now()):
    if address.kind == "page":
        print(address.path)
"""
# Not found, refused because of the way it was asked, and not understood.
ERRORS = ("/no-such-page/", "/cookies/save/", "/%00")
# One page of each kind, for what is too slow to ask of all of them.
KINDS = [
    "/",
    "/signs/",
    "/advice/safer-browsing/",
    "/campaigns/2024/",
    "/help/",
    "/help/national-stalking-helpline/",
    "/help/who-to-contact/",
    "/sheet/",
    "/cookies/",
    "/cookies/reading/",
    "/feedback/",
    *ERRORS,
]


def addresses(server):
    """Return the path of every page of the site, listed in the sitemap or not."""
    printed = server.manage("shell", "-c", ADDRESSES).splitlines()
    return [line for line in printed if line.startswith("/")]


def fetch(url, headers=None):
    """Return what the server answers, error pages included."""
    try:
        with urlopen(Request(url, headers=headers or {})) as response:
            return response.read().decode()
    except HTTPError as error:
        with error:
            return error.read().decode()


class Elements(HTMLParser):
    """What stands in a page: each element with its classes, and what it stands in, once."""

    VOID = {"br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}

    def __init__(self, html):
        super().__init__()
        self.open, self.kinds = [""], set()
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        kind = f"{tag}.{dict(attrs).get('class', '')}"
        self.kinds.add((self.open[-1], kind))
        if tag not in self.VOID:
            self.open.append(kind)

    def handle_endtag(self, tag):
        while len(self.open) > 1 and not self.open.pop().startswith(f"{tag}."):
            pass


def different(htmls):
    """Return addresses on which every kind of element stands that stands on any: few, not all.

    `htmls` is address -> HTML.
    """
    kinds = {address: Elements(html).kinds for address, html in htmls.items()}
    left, chosen = set().union(*kinds.values()), []
    while left:
        best = max(kinds, key=lambda address: len(kinds[address] & left))
        chosen.append(best)
        left -= kinds[best]
    return sorted(chosen, key=list(kinds).index)


@contextmanager
def a_tab(browser, base_url, script=True, width=1280, **options):
    """Open a reader's tab: nothing chosen, nothing remembered, with script or without."""
    context = browser.new_context(
        base_url=base_url,
        java_script_enabled=script,
        viewport={"width": width, "height": WIDTHS[width]},
        **options,
    )
    yield context.new_page()
    context.close()


def resize(page, width):
    page.set_viewport_size({"width": width, "height": WIDTHS[width]})
