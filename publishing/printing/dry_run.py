"""What the gate would say of one page, before its release is made."""

from urllib.parse import unquote, urljoin, urlsplit

from .. import gate, sources
from ..addresses import AddressKind, kind_of
from ..gate import digits
from ..problems import Problem
from . import assets, editions
from .render import Renderer


def try_page(path, moment):
    """Return the Problems of the page at an address, as an edition of an aware moment has it.

    Ask inside the transaction that changes the page, and roll it back if there are any: a
    release that the gate refuses would hold up what everybody else publishes. Before the
    first edition there is nothing to hold up, and pages that link to each other can come.
    """
    if editions.current_number() is None:
        return []
    return make_and_look(path, moment)[1]


def make_and_look(path, moment, given=None):
    """Return the Item of a page of an aware moment, and the Problems that the gate has with it.

    The Item is None if the page could not be made. `given` is for the Renderer.
    """
    renderer = Renderer(moment, given)
    made = renderer.item(sources.Address(path))
    if isinstance(made, Problem):
        return None, [made]
    page = gate.parse(path, made.body.decode())
    files, missing = assets.collect(assets.named_in_html(page.html))
    facts = gate.Facts(
        known=sources.known(),
        before=set(map(digits.dialled, editions.current_register())),
        files=set(files) | missing,
    )
    wanted = linked_places(page) - {path}
    for address in sources.addresses(moment):
        if address.kind == "page":
            # Only of a page that this one links to a place on does it matter what is there.
            other = renderer.item(address) if address.path in wanted else None
            html = other.body.decode() if isinstance(other, editions.Item) else ""
            facts.pages[address.path] = gate.parse(address.path, html)
        else:
            facts.files.add(address.path)
    # A picture can be missing from a page; what the site itself needs, the print looks for.
    pictures = sorted(name for name in missing if kind_of(name) is AddressKind.UPLOAD)
    lost = [assets.lost(name, path) for name in pictures]
    return made, lost + gate.look_at(page, gate.PAGE, facts)


def linked_places(page):
    """Return the addresses of the pages that this one links to a place on."""
    links = [link.get("href") or "" for link in page.all("a", "area")]
    return {unquote(urlsplit(urljoin(page.address, link)).path) for link in links if "#" in link}
