"""What the admin's pages hold inline, by hash: the editors' import maps and style elements.

A printed page cannot carry a nonce and the admin's packages offer none, so the policy
names the few inline parts by their hashes (reference/security-and-reliability.md section 5).
"""

import base64
import hashlib

from content_editor.admin import importmap as blocks
from django_prose_editor.widgets import importmap as prose

# Style elements that the two editors' scripts put in the page. They are theirs, not ours:
# after an upgrade the browser's console names the new hash, and the browser test fails.
STYLES = (
    "'sha256-PlumsSlvJ7vvWzjqibGAYKq92O3y/4JTxWWsWJvyUYA='",  # content editor, in English
    "'sha256-N1v+9oYdxeZd/nv2iKYNMLWqP5BlGZff7wM0R1mK4ws='",  # prose editor
)


def source(text):
    """Return the policy's source for an inline script or style with exactly this text."""
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def script_hashes():
    """Return a source for each import map that Django may print in the admin.

    A page with both editors merges their maps, in the order in which its parts ask for them.
    """
    maps = (prose, blocks, prose | blocks, blocks | prose)
    texts = [str(found).split(">", 1)[1].rsplit("<", 1)[0] for found in maps]
    return sorted({source(text) for text in texts})


def style_hashes():
    """Return a source for each style element that the editors make."""
    return list(STYLES)
