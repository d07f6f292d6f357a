"""The launch pages as a reader meets them: their files, their text, their sentences."""

import re
import tomllib
from html.parser import HTMLParser
from pathlib import Path

CONTENT = Path(__file__).parents[2] / "awareness" / "content"
PAGES = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in CONTENT.glob("*.toml")}
REFERENCE = re.compile(r"\[\[([a-z0-9-]+)\]\]")


class Outline(HTMLParser):
    """Collect tags, links and the text of each paragraph, item or heading of a piece of HTML."""

    TEXT = ("p", "li", "h2", "h3")

    def __init__(self, html):
        super().__init__()
        self.tags, self.links, self.texts, self.open = [], [], [""], []
        self.feed(html)
        self.close()
        self.texts = [" ".join(text.split()) for text in self.texts if text.strip()]

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self.open.append(tag)
        if tag == "a":
            self.links.append(dict(attrs).get("href"))
        if tag in self.TEXT:
            self.texts.append("")

    def handle_endtag(self, tag):
        assert self.open[-1:] == [tag], f"</{tag}> closes nothing"
        self.open.pop()
        if tag in self.TEXT:
            self.texts.append("")

    def handle_data(self, data):
        self.texts[-1] += data

    def close(self):
        super().close()
        assert not self.open, f"<{self.open[-1]}> is not closed"


def pieces(page):
    """Yield (block, html) for everything a reader meets on a page, quotations left out."""
    yield {}, page["title"]
    yield {}, page["summary"]
    for block in page["blocks"]:
        if block["type"] == "quotation":
            continue
        for key in ("heading", "html"):
            if key in block:
                yield block, block[key]
        for key in ("steps", "signs"):
            for item in block.get(key, ()):
                yield block, item


def texts(page):
    """Yield the plain text of each paragraph, item and heading of a page."""
    for _block, html in pieces(page):
        yield from Outline(html).texts


def sentences(page):
    """Yield the sentences of a page. A list item or a heading ends one too."""
    for text in texts(page):
        text = text.replace("No. 2", "No 2").replace("etc. Act", "etc Act")
        yield from (part for part in re.split(r"(?<=[.!?])\s+", text) if words(part))


def words(sentence):
    return re.findall(r"[\w’'.%-]*\w%?", REFERENCE.sub("number", sentence))


def syllables(word):
    """Count the syllables of an English word: groups of vowels, a silent e at the end left out."""
    word = re.sub(r"[^a-z]", "", word.lower())
    word = re.sub(
        r"(?<=[^aeiouyl])e$|(?<=[aeiouy]l)e$|(?<=[^aeioutd])ed$|(?<=[^aeiousxzcgh])es$", "", word
    )
    return max(1, len(re.findall(r"[aeiouy]+", word)))


def grade(page):
    """Return the Flesch-Kincaid grade of a page: about the reader's age, less five.

    Only whole sentences count: short items of lists would make a page look easier than it is.
    """
    lines = [line for line in sentences(page) if line.endswith((".", "?", "!"))]
    terms = [word for line in lines for word in words(line)]
    sounds = sum(map(syllables, terms))
    return 0.39 * len(terms) / len(lines) + 11.8 * sounds / len(terms) - 15.59
