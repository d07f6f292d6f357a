"""Pastes in the shape of what people copy from, and beside each what is to come of it.

The first line of a .txt says what is left out; the rest is the HTML that the editor is given,
a tag a line.
"""

import re
from pathlib import Path

FOLDER = Path(__file__).parent
NAMES = sorted(path.stem for path in FOLDER.glob("*.html"))


def copied(name):
    return (FOLDER / f"{name}.html").read_text(encoding="utf-8")


def left_out(name):
    first = (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()[0]
    return [said for said in first.removeprefix("left out: ").split("; ") if said]


def comes_in(name):
    return together((FOLDER / f"{name}.txt").read_text(encoding="utf-8").split("\n", 1)[1])


def together(html):
    """Return HTML without the space between its tags."""
    return re.sub(r">\s+<", "><", html.strip())
