"""What every error page says, and what the cover says: the one source of their words.

No jargon, no blame, no number of an error. Each says what happened and what to do now.
"""

from typing import NamedTuple


class ErrorWords(NamedTuple):
    """The heading of an error page, which is its title too, and its sentences."""

    title: str
    sentences: tuple[str, ...]


ERRORS = {
    400: ErrorWords(
        "We could not read that",
        (
            "Something in the address or the form did not reach us in one piece.",
            "Go back and try again, or start from the help page.",
        ),
    ),
    403: ErrorWords(
        "You cannot open this page",
        (
            "This page is not open to everyone, or your visit could not be checked.",
            "Everything for readers is open. Start from the help page.",
        ),
    ),
    404: ErrorWords(
        "We cannot find that page",
        (
            "The address may have a typing mistake in it, or the page may have moved.",
            "The help page tells you who to call.",
        ),
    ),
    405: ErrorWords(
        "That did not work",
        (
            "This page cannot be used in that way.",
            "Go back and try again, or start from the help page.",
        ),
    ),
    410: ErrorWords(
        "That page is no longer here",
        (
            "We took it away because it was out of date.",
            "The help page has what is right today.",
        ),
    ),
    413: ErrorWords(
        "That was too long to send",
        (
            "What you sent was bigger than we can take. We did not keep any of it.",
            "Go back and make it shorter.",
        ),
    ),
    414: ErrorWords(
        "That address is too long",
        (
            "The address may have been copied with something else in it.",
            "Start from the help page.",
        ),
    ),
    429: ErrorWords(
        "Please wait a minute",
        (
            "Too much is being sent at the moment. You did nothing wrong.",
            "Wait a minute, then try again. You can read every page while you wait.",
        ),
    ),
    431: ErrorWords(
        "Your browser sent too much",
        (
            "It sent more with the address than we can read. You did nothing wrong.",
            "Try again in a private window, or start from the help page.",
        ),
    ),
    500: ErrorWords(
        "Something went wrong here",
        (
            "It is our fault, not yours.",
            "Try again in a few minutes. You can use the numbers on this page.",
        ),
    ),
    503: ErrorWords(
        "This page is not ready",
        (
            "We are busy or being mended. You did nothing wrong.",
            "Try again in a few minutes. You can use the numbers on this page.",
        ),
    ),
    "same-origin": ErrorWords(
        "We could not take that form",
        (
            "We could not be sure that it came from a page of this site, so nothing was saved.",
            "Open the page here and fill in the form again. If that does not help, "
            "try another browser.",
        ),
    ),
    "log-in": ErrorWords(
        "Wait before you try again",
        (
            "Someone has tried to log in with this name too many times. It may not have been you.",
            "Try again in an hour, or use a browser that you have logged in with before: it need "
            "not wait for what others try.",
        ),
    ),
    "csrf": ErrorWords(
        "Please do that again",
        (
            "Your form could not be checked, so nothing was saved. It may have been open "
            "for a long time, or your browser may not keep cookies.",
            "Go back, load the page again, and repeat what you did.",
        ),
    ),
}

# What staff are told instead of what they sent, before anybody knows who they are.
_KEPT = "What you typed before is kept: open the form again and it is there."
NEWSROOM = {
    400: ErrorWords("We could not read that", ("Something did not reach us in one piece.", _KEPT)),
    413: ErrorWords(
        "That was too much to send at once",
        (
            "A page or a picture may be at most 5 MB. Nothing was saved.",
            "Choose a smaller picture, or move some of the words to another page.",
            _KEPT,
        ),
    ),
}
NEWSROOM_BACK = "Go to the newsroom"

# What open data says instead, to the programs of other sites and whoever looks after them.
DATA = {
    400: "We could not read that. Look at the address and what it asks for.",
    403: "This is not open to everyone.",
    404: "There is nothing at this address.",
    405: "Only GET and HEAD are answered here.",
    413: "That was too long to send.",
    500: "Something went wrong here. It is our fault. Ask again in a few minutes.",
    503: "We are busy or being mended. Ask again in a minute.",
}

# When there is no edition at all: the first page and the help page say this.
EMERGENCY = ErrorWords(
    "Help now",
    (
        "The rest of this site is not ready. You can use the numbers on this page.",
        "To tell the police about stalking when it is not an emergency, call 101.",
    ),
)

COVER_TITLE = "Paused"
COVER_TEXT = "This page is paused."
COVER_BUTTON = "Continue"

EXIT = "Leave this site"
EXIT_KEYS = "To leave fast, press Shift 3 times."
EXIT_LIMIT = "Leaving does not clear your history."
WATCHED = "Is someone checking this phone?"
HELP = "Get help"
HOME = "Go to the first page"
