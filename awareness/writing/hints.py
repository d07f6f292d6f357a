"""What makes a block hard to read. A hint stops nobody: the words are the writer's."""

import re
from dataclasses import asdict, dataclass
from datetime import date
from html import unescape

from django.utils.html import strip_tags

from signposting.opening_hours.typed_moments import MONTHS

from ..models import Block
from .plainer import PLAINER

MOST_WORDS = 25
END = re.compile(r"(?<=[.!?])\s+|\n")
BREAK = re.compile(r"</(?:p|li|h2|h3|h4)>|<br\s*/?>")
WORD = re.compile(r"[\w’'-]+")
HARD = re.compile(
    r"\b(" + "|".join(sorted(map(re.escape, PLAINER), key=len, reverse=True)) + r")\b",
    re.IGNORECASE,
)
LINK = re.compile(r"<a\b[^>]*>(.*?)</a>", re.DOTALL)
HEADING = re.compile(r"<h([2-6])\b")
EMPTY_LINKS = {
    *("click here", "here", "click", "this link", "link", "this page", "more", "read more"),
    *("find out more", "learn more", "more information", "this", "website", "visit"),
}
# Two words of capitals or more are shouted, if one is longer than abbreviations are.
CAPITALS = re.compile(r"\b(?=[A-Z’'\s]*[A-Z]{5})[A-Z][A-Z’']+(?:\s+[A-Z][A-Z’']+)+\b")
DATE = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(MONTHS)}) (\d{{4}})\b", re.IGNORECASE)
TO_COME = re.compile(r"\b(?:will|from|until|by|before|next|starts?|begins?|ends?)\b", re.IGNORECASE)
FILE_NAME = re.compile(
    r"^\S+\.(?:jpe?g|png|webp|gif|heic|bmp|tiff?)$|^(?:img|dsc|image|photo)[-_ ]?\d+$", re.I
)


@dataclass(frozen=True)
class Hint:
    """One thing to look at: in block number `block`, from 1; its `words`, and what is said of them.

    `stops` is whether the gate would refuse the page for it.
    """

    block: int
    words: str
    said: str
    stops: bool = False

    as_dict = asdict


def hints(blocks, today: date):
    """Return the Hints on frozen blocks, in order."""
    found, level = [], 1
    for number, block in enumerate(blocks, start=1):
        for name in Block.kinds[block["type"]].rich():
            html = block.get(name) or ""
            for size in map(int, HEADING.findall(html)):
                if size > level + 1 and not block.get("heading"):
                    found.append(
                        Hint(
                            number,
                            "",
                            f"A heading of size {size} comes straight after one of size {level}. Make it one of size {level + 1}.",
                        )
                    )
                level = size
            found += [
                Hint(number, text, "Say in the link where it leads, such as “Signs of stalking”.")
                for text in map(plain, LINK.findall(html))
                if text.lower().strip(" .!›»>") in EMPTY_LINKS
            ]
        if block.get("heading"):
            level = 2
        if block["type"] == "quotation":
            continue  # word for word, as the person said it
        for text in texts(block):
            found += [Hint(number, words, said) for words, said in of_text(text, today)]
        if FILE_NAME.match((block.get("alt") or "").strip()):
            found.append(
                Hint(
                    number, block["alt"], "This is the name of a file. Say what the picture shows."
                )
            )
    return found


def plain(html):
    return " ".join(unescape(strip_tags(html)).split())


def texts(block):
    """Yield the texts of a block as a reader meets them: paragraphs, items, headings."""
    kind = Block.kinds[block["type"]]
    rich = kind.rich()
    for field in kind.own_fields():
        value = block.get(field.name)
        if not isinstance(value, str) or field.choices:
            continue
        parts = BREAK.split(value) if field.name in rich else value.splitlines()
        yield from filter(None, map(plain, parts))


def of_text(text, today):
    """Yield (words, what is said of them) for one paragraph, item or heading."""
    for sentence in END.split(text):
        count = len(WORD.findall(sentence))
        if count > MOST_WORDS:
            start = " ".join(sentence.split()[:6])
            yield f"{start} …", f"This sentence has {count} words. Make two of it."
        for day, month, year in DATE.findall(sentence):
            try:
                passed = date(int(year), MONTHS.index(month.lower()) + 1, int(day)) < today
            except ValueError:
                yield f"{day} {month} {year}", "There is no such day."
                continue
            if passed and TO_COME.search(sentence):
                yield f"{day} {month} {year}", "This day has passed. Is the sentence still true?"
    for found in HARD.finditer(text):
        yield found[0], f"A plainer word is “{PLAINER[found[0].lower()]}”."
    for shouted in CAPITALS.findall(text):
        yield shouted, "Capitals are hard to read. Write small letters, or make it bold."
