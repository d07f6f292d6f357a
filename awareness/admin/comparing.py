"""Two releases side by side, as the reader sees them: what moved, what came, what went.

Blocks are compared first, then the words of those that changed. The comparing is difflib's.
"""

import re
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from html.parser import HTMLParser

from .. import rendering
from ..models import Block, Kind

SAME, MOVED, CHANGED, ADDED, REMOVED = "same", "moved", "changed", "added", "removed"
# How much of two blocks must be alike for one to be the other, changed.
ALIKE = 0.5
# An end of a line to whoever reads it.
LINES = (
    "p",
    "li",
    "h2",
    "h3",
    "h4",
    "div",
    "dt",
    "dd",
    "figcaption",
    "blockquote",
    "summary",
    "br",
)
WORDS = re.compile(r"\n|\S+")


@dataclass(frozen=True)
class Shown:
    """A block as a reader sees it. `pictures` are the addresses of its pictures."""

    name: str
    words: tuple[str, ...]
    pictures: tuple[str, ...] = ()


@dataclass
class Row:
    """What became of a block. `parts` are (kind, words): same, added or removed.

    `before` and `after` are its places, from 1; None where it is not.
    """

    kind: str
    name: str
    before: int | None
    after: int | None
    parts: list = field(default_factory=list)
    moved: bool = False
    pictures: list = field(default_factory=list)


class Reader(HTMLParser):
    """Reads HTML as words, lines and pictures, as somebody would."""

    def __init__(self):
        super().__init__()
        self.words, self.pictures, self.silent = [], [], 0

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        if tag in LINES:
            self.words.append("\n")
        if tag == "img":
            self.pictures.append(found.get("src") or "")
            self.words.append(f" [Picture: {found.get('alt') or 'decoration'}] ")
        if found.get("role") == "img" and found.get("aria-label"):
            self.words.append(f" [{found['aria-label']}] ")

    def handle_endtag(self, tag):
        if tag in LINES:
            self.words.append("\n")

    def handle_data(self, words):
        self.words.append(words.replace("\n", " "))


def read(name, html):
    reader = Reader()
    reader.feed(html)
    reader.close()
    lines = ("".join(reader.words)).split("\n")
    words = WORDS.findall("\n".join(filter(None, map(str.strip, lines))))
    return Shown(name, tuple(words), tuple(reader.pictures))


def shown(release, moment):
    """Return what a reader is shown of a release at an aware moment, block by block.

    First what the page says of itself. Raises CannotPrint as rendering does.
    """
    head = [release.title, release.summary]
    if release.kind == Kind.CAMPAIGN:
        head += [release.theme, f"{release.first_day:%-d %B %Y} to {release.last_day:%-d %B %Y}"]
    found = [Shown("Title and summary", tuple(WORDS.findall("\n".join(filter(None, head)))))]
    for block in release.blocks:
        name = str(Block.kinds[block["type"]]._meta.verbose_name).capitalize()
        found.append(read(name, rendering.render([block], moment)))
    return found


def compare(before, after):
    """Return a Row for each block of two lists of Shown, in the order of the second.

    What went stands where it was.
    """
    pairs = matched(before, after)
    stays = in_order(sorted(pairs.items()))
    rows = {new: row(before, after, old, new, old not in stays) for old, new in pairs.items()}
    found, gone = [], [old for old in range(len(before)) if old not in pairs]
    of_new = {new: old for old, new in pairs.items()}
    for new in range(len(after)):
        if new in rows and of_new[new] in stays:
            while gone and gone[0] < of_new[new]:
                found.append(row(before, after, gone.pop(0), None))
        found.append(rows.get(new) or row(before, after, None, new))
    return found + [row(before, after, old, None) for old in gone]


def matched(before, after):
    """Return place before -> place after, of the blocks that are in both."""
    pairs, free = {}, list(range(len(after)))
    for old, block in enumerate(before):
        same = [new for new in free if after[new] == block]
        if same:
            new = min(same, key=lambda place: abs(place - old))
            pairs[old] = new
            free.remove(new)
    scores = []
    for old, block in enumerate(before):
        for new in free if old not in pairs else ():
            if after[new].name == block.name:
                scores.append((alike(block, after[new]), -abs(old - new), old, new))
    for score, _, old, new in sorted(scores, reverse=True):
        if score >= ALIKE and old not in pairs and new in free:
            pairs[old] = new
            free.remove(new)
    return pairs


def alike(one, other):
    if one.name == "Title and summary":
        return 1
    if not one.words or not other.words:
        return 0
    matcher = SequenceMatcher(None, one.words, other.words, autojunk=False)
    if matcher.real_quick_ratio() < ALIKE or matcher.quick_ratio() < ALIKE:
        return 0
    return matcher.ratio()


def in_order(pairs):
    """Return the places before of the longest run of pairs that kept their order."""
    best = []
    for old, new in pairs:
        runs = [run for run, last in best if last < new]
        longest = max(runs, key=len, default=[])
        best.append(([*longest, old], new))
    return set(max((run for run, _ in best), key=len, default=[]))


def row(before, after, old, new, moved=False):
    one = before[old] if old is not None else None
    other = after[new] if new is not None else None
    name = (other or one).name
    places = (None if old is None else old, None if new is None else new)
    if one is None:
        return Row(
            ADDED,
            name,
            *places,
            [(ADDED, text(other.words))],
            pictures=[(ADDED, p) for p in other.pictures],
        )
    if other is None:
        return Row(
            REMOVED,
            name,
            *places,
            [(REMOVED, text(one.words))],
            pictures=[(REMOVED, p) for p in one.pictures],
        )
    if one == other:
        return Row(MOVED if moved else SAME, name, *places, [(SAME, text(one.words))], moved)
    pictures = [(REMOVED, p) for p in one.pictures if p not in other.pictures]
    pictures += [(ADDED, p) for p in other.pictures if p not in one.pictures]
    return Row(CHANGED, name, *places, parts_of(one.words, other.words), moved, pictures)


def parts_of(before, after):
    parts = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for kind, start, end, other_start, other_end in matcher.get_opcodes():
        if kind == "equal":
            parts.append((SAME, text(before[start:end])))
            continue
        if start < end:
            parts.append((REMOVED, text(before[start:end])))
        if other_start < other_end:
            parts.append((ADDED, text(after[other_start:other_end])))
    return parts


def text(words):
    return " ".join(words).replace(" \n ", "\n").replace("\n ", "\n").replace(" \n", "\n")
