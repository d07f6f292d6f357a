def pairs(header: bytes):
    """Yield the name and value of each cookie of a Cookie header, whatever its bytes."""
    for part in header.split(b";"):
        name, equals, value = part.strip(b" \t").partition(b"=")
        if equals:
            yield name, value
