"""Twenty thousand values of the consent cookie that are none, the same ones each time."""

import random
from itertools import islice

from cookies import registry

WHOLE = registry.consent_value(registry.SLUGS).encode()
AGREED = registry.SINCE.isoformat().encode()
NUMBER = 20_000


def odd_values(number=NUMBER):
    """Yield so many values, as bytes, of which none is an answer."""
    answers = {
        registry.consent_value(g).encode() for g in ((), *zip(registry.SLUGS), registry.SLUGS)
    }
    answers |= {b'"' + answer + b'"' for answer in answers}
    fresh = (value for value in generated() if value.split(b";")[0].strip(b" \t") not in answers)
    yield from islice(fresh, number)


def generated():
    for byte in range(256):
        byte = bytes([byte])
        yield from (byte, WHOLE + byte + b"x", b'"' + WHOLE + byte, byte * 4096)
    for key in ("naïve", "группа", "群", "‮"):
        yield f"{key}=".encode() + AGREED + b"|" + WHOLE
    for date in ("2099-01-01T00:00:00+00:00", "1999-01-01T00:00:00", "true", "9", "-2", ""):
        yield WHOLE.replace(AGREED, date.encode())
    for policy in range(-1, 100):
        if policy != registry.POLICY:
            yield WHOLE.replace(b"policy=%d" % registry.POLICY, b"policy=%d" % policy)
    yield WHOLE + b"; cookie_consent=" + WHOLE
    yield WHOLE + b"|" + WHOLE
    chance = random.Random(5)
    while True:
        value = bytearray(WHOLE)
        for _ in range(chance.randint(1, 4)):
            place = chance.randrange(len(value))
            value[place : place + chance.randint(0, 3)] = chance.randbytes(chance.randint(0, 3))
        yield bytes(value)
