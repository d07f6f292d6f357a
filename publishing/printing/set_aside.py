"""What goes bad is set aside alone: readers keep its last good print, and the press goes on.

A template's error, a lost reference or a number that nobody agreed holds up no other page,
and least of all an urgent take-off. Where one record is to blame, it alone is set aside, and
the page that shows it among others is printed new.
"""

from .. import gate, sources
from ..addresses import AddressKind
from ..problems import Problem
from . import assets, dry_run, editions
from .records import MEND, Stands, set_aside
from .snapshot import snapshot

# Replacing a page can break a link of another, which is then replaced too.
ROUNDS = 6
# Of so many addresses it is asked whether one record is to blame: each costs a few pages.
LOOKED_AT = 50
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
            problems += [one for place in sorted(whole) for one in found[place]]
            return problems, sorted({*tried, *found}), False
        bad = {path: found[path] for path in found if path in made.items}
        if not bad:
            break
    else:
        problems += [one for found in bad.values() for one in found]
        return problems, sorted(tried), False
    if "/" not in made.items:
        return problems, sorted(tried), False
    return problems, sorted(tried), True


def records_to_blame(paths, moment, tell):
    """Return (record -> Stands, Problems) of those because of which addresses were set aside.

    A page is tried without all records, then with half of them, and so on. Where more than
    half are to blame, it is the page, which is set aside whole. `tell()` is called for each try.
    """
    with snapshot():
        addresses = sources.addresses(moment)
    search = Search(addresses, moment, tell)
    # What many records are shown on first: with that mended, what is of one alone may be right.
    wrong = [address for address in addresses if address.path in paths]
    for address in sorted(wrong, key=lambda each: bool(each.record))[:LOOKED_AT]:
        search.look_at(address)
    return search.found, search.problems()


class Search:
    """Looks for the records because of which pages cannot be printed."""

    def __init__(self, addresses, moment, tell):
        self.moment, self.tell = moment, tell
        self.every = sorted({address.record for address in addresses} - {""})
        self.found = {}
        # Record -> the page that it was found by, and the first Problem of that page.
        self.because = {}

    def problems(self):
        return [
            Problem(name, f"{path} cannot show it. {problem.words}", MEND[self.found[name]])
            for name, (path, problem) in sorted(self.because.items())
        ]

    def wrong_with(self, path, aside):
        self.tell()
        with set_aside(aside), snapshot():
            return dry_run.problems_at(path, self.moment)

    def look_at(self, address):
        """Add those to blame for what is wrong with an address. What is its own is not one."""
        path, suspects = address.path, [name for name in self.every if name != address.record]
        wrong = suspects and self.wrong_with(path, self.found)
        for how in Stands if wrong else ():
            without = {**self.found, **dict.fromkeys(suspects, how)}
            if not self.wrong_with(path, without):
                break
        else:
            return
        guilty = self.guilty(path, suspects, without)
        if len(guilty) * 2 > len(suspects):
            return
        found = self.least(path, {**self.found, **dict.fromkeys(guilty, how)}, guilty)
        if not self.wrong_with(path, found):
            for name in found.keys() - self.found.keys():
                self.because[name] = path, wrong[0]
            self.found = found

    def guilty(self, path, group, without):
        """Return those of a group with which a page is wrong when all others are left out."""
        kept = {name: how for name, how in without.items() if name not in group}
        if not self.wrong_with(path, self.found | kept):
            return []
        if len(group) == 1:
            return group
        half = len(group) // 2
        return [
            *self.guilty(path, group[:half], without),
            *self.guilty(path, group[half:], without),
        ]

    def least(self, path, found, guilty):
        """Return what is set aside with as much of each as the page can be made with."""
        for name in guilty:
            rest = {other: how for other, how in found.items() if other != name}
            lesser = list(Stands)[: list(Stands).index(found[name])]
            for how in (self.found.get(name), *lesser):
                trial = {**rest, name: how} if how else rest
                if not self.wrong_with(path, trial):
                    found = trial
                    break
        return found


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
