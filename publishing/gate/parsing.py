"""What a rendered page says and points at, read once for all checks."""

from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from html.parser import HTMLParser

from ..problems import Problem

# A page is asked for once or twice in a row. More would hold a worker's memory for nothing.
KEPT = 16
VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "source",
        "track",
        "wbr",
    ]
)
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
# Elements whose words a problem may quote.
TOLD = ("a", *HEADINGS)
# Words that run on from one of these to the next are one sentence to a reader.
INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "i",
        "ins",
        "kbd",
        "mark",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "u",
        "var",
        "wbr",
    ]
)
DESCRIPTIONS = ("description", "title", "alt", "site_name")
SPOKEN = (
    "alt",
    "title",
    "aria-label",
    "aria-description",
    "aria-valuetext",
    "placeholder",
    "label",
)
SPOKEN += ("content", "value")


@dataclass(slots=True)
class Element:
    """A start tag. `block` is the heading it stands under; `card` says it is in the card.

    `is_link`: a phone calls or texts what it is. `is_call`: a number of the register stands here,
    a link, or what no phone can call; editors cannot write a class, so only a template makes one.
    """

    tag: str
    attributes: dict[str, str]
    block: str
    card: bool = False
    text: str = ""
    is_link: bool = field(init=False)
    is_call: bool = field(init=False)

    def __post_init__(self):
        # Asked for at every word that stands in it.
        href = self.attributes.get("href", "").strip().lower()
        self.is_link = self.tag in ("a", "area") and href.startswith(("tel:", "sms:"))
        self.is_call = self.is_link or "call" in self.attributes.get("class", "").split()

    def get(self, name):
        return self.attributes.get(name)

    @property
    def is_description(self):
        """Whether a <meta> holds words for people."""
        name = self.get("name") or self.get("property") or ""
        return self.tag == "meta" and name.endswith(DESCRIPTIONS)


@dataclass(slots=True)
class Passage:
    """A run of words between two block elements, links to call left out.

    `links` is (link, start, end) of what of the words is shown by a link.
    """

    words: str
    block: str
    links: list = field(default_factory=list)


@dataclass
class ParsedPage:
    """A page as the checks see it. `elements` are in the order of the page."""

    address: str
    html: str
    elements: list[Element] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    data: list[str] = field(default_factory=list)
    card_words: list[str] = field(default_factory=list)

    def all(self, *tags):
        """Return the elements with one of these tags."""
        return [element for element in self.elements if element.tag in tags]

    @cached_property
    def ids(self):
        return {element.get("id") for element in self.elements} - {None}

    @cached_property
    def card(self):
        """The emergency card, element by element and word by word; empty if there is none."""
        elements = [(one.tag, one.attributes) for one in self.elements if one.card]
        return [*elements, *"".join(self.card_words).split()]

    @cached_property
    def calls(self):
        """The places of numbers, links or not."""
        return [element for element in self.elements if element.is_call]

    @cached_property
    def spoken(self):
        """Attributes that people read or hear: element, name, words."""
        return [
            (element, name, words)
            for element in self.elements
            for name, words in element.attributes.items()
            if name in SPOKEN and words
        ]

    @property
    def name(self):
        """What an editor calls the page: its heading, or its address."""
        heading = next((e.text for e in self.all("h1")), "")
        return f"“{squeeze(heading)}” ({self.address})" if heading else self.address


def squeeze(words):
    return " ".join(words.split())


def problem(page, element, words, mend):
    """Return a Problem of a page, told where it is: an Element, a Passage, or None."""
    return Problem(page.name, words, mend, element.block if element else "")


class Reader(HTMLParser):
    def __init__(self, address, html, card_id):
        super().__init__(convert_charrefs=True)
        self.page = ParsedPage(address, html)
        self.card_id = card_id
        self.open = []
        self.block = ""
        self.words = []
        self.links = []
        self.feed(html)
        self.close()
        self.end_passage()

    def updatepos(self, i, j):
        """Count no lines: nobody asks for them, and it is a tenth of the work."""
        return j

    def handle_starttag(self, tag, attributes):
        # Of two of one name browsers take the first.
        first = {name: value or "" for name, value in reversed(attributes)}
        element = Element(tag, first, self.block)
        element.card = element.get("id") == self.card_id or bool(self.open and self.open[-1].card)
        self.page.elements.append(element)
        if tag not in INLINE:
            self.end_passage()
        if tag not in VOID:
            self.open.append(element)
        if tag == "a":
            self.links.append([element, self.length(), None])

    handle_startendtag = handle_starttag

    def handle_endtag(self, tag):
        if tag not in INLINE:
            self.end_passage()
        if not any(element.tag == tag for element in reversed(self.open)):
            return
        while (element := self.open.pop()).tag != tag:
            self.end_link(element)
        self.end_link(element)
        if tag in HEADINGS:
            self.block = squeeze(element.text)

    def handle_data(self, words):
        if not words.strip():
            self.words.append(words)
            return
        if self.open and self.open[-1].card:
            self.page.card_words.append(f"{words} ")
        called = False
        for element in self.open:
            if element.tag in ("script", "style"):
                if element.get("type") == "application/ld+json":
                    self.page.data.append(words)
                return
            if element.tag in TOLD or element.get("class"):
                element.text += words
                called = called or element.is_call
        # A place of a number has checks of its own; its digits must not run into others.
        self.words.append("\n|\n" if called else words)

    def length(self):
        return sum(map(len, self.words))

    def end_link(self, element):
        for link in self.links:
            if link[0] is element and link[2] is None:
                link[2] = self.length()

    def end_passage(self):
        words = "".join(self.words)
        if words.strip():
            links = [
                (link, start, len(words) if end is None else end) for link, start, end in self.links
            ]
            self.page.passages.append(Passage(words, self.block, links))
        # A link may go on in the next one.
        self.links = [[link, 0, None] for link, _, end in self.links if end is None]
        self.words = []


@lru_cache(maxsize=KEPT)
def parse(address, html, card_id="emergency"):
    """Return the ParsedPage at an address from its HTML. Never raises: browsers do not either."""
    return Reader(address, html, card_id).page
