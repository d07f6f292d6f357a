from publishing.sources import Address


def addresses(moment):
    """Return what this room has for an edition: the file that says whom to tell of a weakness."""
    return [Address("/.well-known/security.txt", kind="file", listed=False)]
