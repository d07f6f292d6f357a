"""Error pages, the cover and the emergency page in the site's own style."""

from django.template.loader import render_to_string
from django.templatetags.static import static

from ..identity import in_force, style
from . import plain, words


def styled(found, moment=None):
    """Return a page of words.ErrorWords in the site's style.

    No request is handed over: the page is the same for everyone, and no context processor
    can fail. `moment` is that of the edition for which it is made, if it is for one.
    """
    context = {"found": found, "words": words, "moment": moment}
    return render_to_string("safety/error.html", context)


def error(name):
    """Return the page of an error as text: in the site's style, or plain if that fails.

    `name` is a status, "same-origin" or "csrf".
    """
    try:
        return styled(words.ERRORS[name])
    except Exception:
        # Whatever is broken, the reader gets the words and the numbers.
        return plain.error(name).decode()


def parts(moment):
    """Return what an edition of a moment holds of ours: name -> HTML that has no address.

    "error/<name>" for each error, and "cover". Raises what the template raises: an edition
    is printed whole or not.
    """
    return {
        **{f"error/{name}": styled(found, moment) for name, found in words.ERRORS.items()},
        "cover": plain.cover(
            style.address(in_force.of_request(None).look), static("img/blank.svg")
        ).decode(),
    }
