"""What goes bad is set aside alone: readers keep its last good print, and the press goes on.

A template's error, a lost reference or a number that nobody agreed holds up no other page,
and least of all an urgent take-off.
"""

from .. import gate
from ..addresses import AddressKind
from . import assets, editions

# Replacing a page can break a link of another, which is then replaced too.
ROUNDS = 6
# Stands where a page has no print that readers may have: it is there, and says how to get help.
STAND_IN = "error/500"


def settle(made, bad, known, before, tell):
    """Make an edition printable by setting aside what is bad. Return the Problems, as found.

    `made` is the Edition, which is changed; `bad` is address -> Problems of what could not be
    made; `known`, `before` and `tell` are as in gate.inspect_each. The answer is (problems,
    paths set aside, whether the edition may be served).
    """
    last = None
    problems, tried = [], {}
    for _ in range(ROUNDS):
        # Only now: as a rule nothing is bad, and it need not be read whole.
        last = last or (last_edition() if bad else None)
        for path, found in bad.items():
            problems += [one for one in found if path not in tried]
            tried[path] = replace(made, path, last, tried.get(path, 0))
        found = gate.inspect_each(made, known, before, made.outlines, tell)
        whole = found.keys() - made.items.keys() - tried.keys()
        if whole:
            # A part of every page, or no home page: nothing can stand without it.
            return [*problems, *(one for place in sorted(whole) for one in found[place])], [], False
        bad = {path: found[path] for path in found if path in made.items}
        if not bad:
            break
    else:
        return [*problems, *(one for found in bad.values() for one in found)], [], False
    if "/" not in made.items:
        return problems, [], False
    return problems, sorted(tried), True


def last_edition():
    """Return the edition that readers have, or None if it cannot be read."""
    number = editions.current_number()
    try:
        return editions.load(number) if number else None
    except editions.Damaged:
        return None


def replace(made, path, last, times):
    """Put something else in the place of a bad item; return how often that was tried.

    First its last print, which the gate then reads with today's register; then a page that
    says how to get help. What was never printed is left out, and so is data.
    """
    item = last.items.get(path) if last else None
    made.items.pop(path, None)
    if item and times == 0:
        made.items[path] = item
        take_files(made, item, last)
    elif item and item.kind == AddressKind.PAGE and times == 1 and STAND_IN in made.parts:
        part = made.parts[STAND_IN]
        made.items[path] = editions.Item(AddressKind.PAGE, part.type, part.body)
    return times + 1


def take_files(made, item, last):
    """Take over the files that an older page names, and what these name."""
    waiting = assets.named_in_html(item.body.decode(errors="replace"))
    while waiting:
        address = waiting.pop()
        file = last.items.get(address)
        if file and address not in made.items:
            made.items[address] = file
            if address.endswith(".css"):
                waiting |= assets.named_in_css(file.body.decode(errors="replace"), address)
