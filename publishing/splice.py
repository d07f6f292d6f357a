"""The two places of a page that differ between readers, and how they are filled."""

# On <html>: text size, colours, beta notice hidden.
HTML_PLACE = b" data-reader"
# After the first words of a page: the cookie message. Invisible where nobody fills it.
MESSAGE_PLACE = b"<!--message-->"
# In a message: the page's own address, for the way back.
ADDRESS_PLACE = b"%ADDRESS%"


def splice(page: bytes, attributes: bytes, message: bytes) -> bytes:
    """Return the page with a reader's attributes and message in their places.

    `attributes` is b"" or starts with a space. Only the first of each place is filled. The
    one on <html> stands before any words of an editor; the other does not, so the gate
    refuses a page with another number of them than one.
    """
    return page.replace(HTML_PLACE, attributes, 1).replace(MESSAGE_PLACE, message, 1)
