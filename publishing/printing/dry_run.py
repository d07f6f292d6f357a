"""What the gate would say of one page, before its release is made."""

from urllib.parse import unquote, urljoin, urlsplit

from django.db import transaction

from .. import gate, sources
from ..addresses import AddressKind, kind_of
from ..gate import digits
from ..problems import Problem
from . import assets, editions, records
from .render import Renderer
from .snapshot import snapshot


def undone(make, problems_of):
    """Return the Problems that there are with what `make()` makes; it is undone again."""
    with transaction.atomic():
        problems = problems_of(make())
        transaction.set_rollback(True)
    return problems


def try_page(path, moment, but="", given=None):
    """Return the Problems of what is at an address, as an edition of an aware moment has it.

    Ask inside the transaction that changes the page, and roll it back if there are any: a
    release that the gate refuses would hold up what everybody else publishes. Before the
    first edition there is nothing to hold up, and pages that link to each other can come.
    What is set aside already is no fault of this change, unless it is the record `but`.
    `given` is for the Renderer: words that are not saved yet.
    """
    if editions.current_number() is None:
        return []
    with records.set_aside(records.of_current_edition(but)), snapshot():
        return problems_at(path, moment, given)


def problems_at(path, moment, given=None):
    """Return the Problems of a page, or of a file or open data, of an aware moment."""
    if kind_of(path) is AddressKind.PAGE:
        return make_and_look(path, moment, given)[1]
    made = Renderer(moment).item(sources.Address(path))
    if isinstance(made, Problem):
        return [made]
    facts = gate.Facts(known=sources.known())
    return gate.file_is_known(path, made.body.decode(errors="replace"), facts)


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
            is_made = isinstance(other, editions.Item)
            facts.pages[address.path] = (
                gate.parse(address.path, other.body.decode()) if is_made else gate.Outline()
            )
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
