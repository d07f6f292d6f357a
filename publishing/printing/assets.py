"""The files that pages name: styles, scripts, images. An edition holds them all."""

import mimetypes
import platform
import re
from pathlib import Path
from posixpath import join, normpath
from urllib.parse import unquote, urlsplit

from django.conf import settings

from ..problems import Problem
from .files import ENCODINGS, Item

# Where a page names a file: in an attribute, or in a list of sizes of an image.
NAMED = re.compile(r"""\s(?:href|src|srcset|poster|content)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
IN_CSS = re.compile(r"""(?:url\(\s*|@import\s+)["']?([^"')\s;]+)""")


def folders():
    """Return address prefix -> (kind of item, folder on this machine)."""
    return {
        settings.STATIC_URL: ("static", Path(settings.STATIC_ROOT)),
        settings.MEDIA_URL: ("upload", Path(settings.MEDIA_ROOT)),
    }


def named_in_html(html):
    """Return the addresses of our own files that an HTML text names."""
    found, ours = set(), tuple(folders())
    for groups in NAMED.findall(html):
        for candidate in "".join(groups).split(","):
            # In srcset the width follows the address.
            address = candidate.strip().partition(" ")[0].removeprefix(settings.SITE_URL)
            if address.startswith(ours):
                found.add(unquote(urlsplit(address).path))
    return found


def named_in_css(css, address):
    """Return the addresses of our own files that a style sheet at an address names."""
    found = {normpath(join(address, "..", urlsplit(name).path)) for name in IN_CSS.findall(css)}
    return {name for name in found if name.startswith(tuple(folders()))}


def collect(addresses):
    """Return address -> Item for these files and all that they name, and the missing ones.

    The answer is (items, set of addresses of which this machine has no file).
    """
    items, missing, waiting = {}, set(), set(addresses)
    while waiting:
        address = waiting.pop()
        item = find(address)
        if item is None:
            missing.add(address)
            continue
        items[address] = item
        if address.endswith(".css"):
            waiting |= (
                named_in_css(item.body.decode(errors="replace"), address) - set(items) - missing
            )
    return items, missing


def lost(address, page):
    """Return the Problem of a file that a page names and this machine does not have."""
    return Problem(
        page,
        words=f"The file {address} is not on the machine {platform.node()}.",
        mend="If it is a picture, add it again and publish the page. If that does not help, tell "
        "whoever runs the site: all its machines need one folder of uploads.",
    )


def find(address):
    """Return the Item for a file of ours, or None if this machine has none there."""
    for prefix, (kind, folder) in folders().items():
        path = (folder / address.removeprefix(prefix)).resolve()
        if not address.startswith(prefix) or not path.is_relative_to(folder.resolve()):
            continue
        if not path.is_file():
            return None
        compressed = {
            encoding: path.with_name(path.name + ending) for encoding, ending in ENCODINGS.items()
        }
        return Item(
            kind,
            content_type(path),
            path.read_bytes(),
            encoded={
                name: file.read_bytes() for name, file in compressed.items() if file.is_file()
            },
            link_to=path,
        )
    return None


def content_type(path):
    guess = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    text = guess.startswith("text/") or guess in ("application/javascript", "image/svg+xml")
    return f"{guess}; charset=utf-8" if text else guess
