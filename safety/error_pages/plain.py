"""Error pages, the cover and the errors of open data as plain bytes, whatever else is broken.

Built once, when the process starts, from constants: no template engine, database, request
or file is asked. The styled pages of an edition say the same words (safety/error_pages/words.py).
"""

import json

from django.utils.html import format_html, format_html_join

from ..card import CARD
from . import words

_EXIT = format_html(
    '<p><a class="exit" href="/leave/" rel="nofollow noreferrer">{}</a></p>', words.EXIT
)


def document(title, body, links=""):
    """Return a whole page as bytes. `body` and `links`, for its head, are safe HTML."""
    page = format_html(
        """<!doctype html>
<html lang="en-GB" dir="ltr">
<head>
<meta charset="utf-8">
<title>{}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="format-detection" content="telephone=no">
<meta name="color-scheme" content="light dark">
{}</head>
<body>
{}
</body>
</html>
""",
        title,
        links,
        body,
    )
    return page.encode()


def _page(found):
    body = format_html(
        """{exit}
<main>
<h1>{title}</h1>
{sentences}
{card}
<p><a href="/help/">{help}</a></p>
<p><a href="/">{home}</a></p>
</main>""",
        exit=_EXIT,
        title=found.title,
        sentences=format_html_join("\n", "<p>{}</p>", ((s,) for s in found.sentences)),
        help=words.HELP,
        home=words.HOME,
        card=CARD,
    )
    return document(found.title, body)


_ERRORS = {name: _page(found) for name, found in words.ERRORS.items()}
EMERGENCY = _page(words.EMERGENCY)


def error(name):
    """Return the plain page of an error: a status, "same-origin" or "csrf".

    An unknown status gets the page of 400 or 500.
    """
    return _ERRORS.get(name) or _ERRORS[400 if isinstance(name, int) and name < 500 else 500]


def _newsroom_page(found):
    sentences = format_html_join("\n", "<p>{}</p>", ((s,) for s in found.sentences))
    body = format_html(
        '<main>\n<h1>{}</h1>\n{}\n<p><a href="/admin/">{}</a></p>\n</main>',
        found.title,
        sentences,
        words.NEWSROOM_BACK,
    )
    return document(found.title, body)


_NEWSROOM = {name: _newsroom_page(found) for name, found in words.NEWSROOM.items()}


def newsroom_error(name):
    """Return what staff are told of an error: a status or "csrf"; None where readers' page does."""
    return _NEWSROOM.get(name)


def data_error(status):
    """Return what open data says of an error status: a JSON object, as bytes.

    An unknown status gets the words of 400 or 500.
    """
    said = words.DATA.get(status) or words.DATA[400 if status < 500 else 500]
    return json.dumps({"error": said}).encode()


def cover(stylesheet="", icon=""):
    """Return the cover: no name, no subject, no card, one quiet button.

    `stylesheet` and `icon` are addresses of static files, for the edition's own.
    """
    body = format_html(
        """<main class="page page--whole">
<h1>{}</h1>
<form method="post" action="/leave/" autocomplete="off">
<p><button class="button button--secondary" type="submit">{}</button></p>
</form>
</main>""",
        words.COVER_TEXT,
        words.COVER_BUTTON,
    )
    links = format_html(
        '<link rel="icon" href="{}">\n<link rel="stylesheet" href="{}">\n', icon, stylesheet
    )
    return document(words.COVER_TITLE, body, links if stylesheet else "")


COVER = cover()
