"""What a reader sees of a page: its words, its links, its headings."""

import re
from html.parser import HTMLParser


class Page(HTMLParser):
    """An HTML page, read. `text` has its spaces made plain; `links` are (href, text)."""

    def __init__(self, html):
        super().__init__()
        self.links, self.headings, self.ids = [], [], []
        self._words, self._open, self._skip = [], [], 0
        self.feed(html)
        self.text = plain("".join(self._words))

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if "id" in attrs:
            self.ids.append(attrs["id"])
        if tag in ("script", "style"):
            self._skip += 1
        if tag in ("a", "h1", "h2", "h3"):
            self._open.append((tag, attrs.get("href"), len(self._words)))
        if tag in ("br", "p", "dt", "dd", "li", "td", "th"):
            self._words.append(" ")

    def handle_endtag(self, tag):
        if tag in ("script", "style"):
            self._skip -= 1
        if self._open and self._open[-1][0] == tag:
            tag, href, start = self._open.pop()
            words = plain("".join(self._words[start:]))
            if tag == "a":
                self.links.append((href, words))
            else:
                self.headings.append((tag, words))

    def handle_data(self, data):
        if not self._skip:
            self._words.append(data)

    def part(self, start, end=None):
        """Return the text from the words `start` up to the words `end`."""
        text = self.text[self.text.index(start) :]
        return text[: text.index(end)] if end else text


def plain(words):
    return re.sub(r"\s+", " ", words.replace("\N{NO-BREAK SPACE}", " ")).strip()


def read(response):
    assert response.status_code == 200
    return Page(response.content.decode())
