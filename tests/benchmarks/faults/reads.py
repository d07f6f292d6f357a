"""Readers through faults, alone and in pairs, and through a flood of forms."""

import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from ...faults import attacks, faults
from ...faults.reading import PATHS, as_they_are, read_during
from ...publishing.readers import reading
from ..tools import say
from .telling import met

# Reads through each fault, and through each pair.
ALONE, TOGETHER = 2000, 1200
LEAST = 100_000
SEED = 20261126


def matrix(server, known=faults.FAULTS, kind="SQLite"):
    """Read through every fault and every pair; print what was wrong, and the sum.

    `known` is name -> what breaks the server and mends it.
    """
    before, seen = as_they_are(server), []
    together = faults.pairs(known)
    for names in [*((name,) for name in known), *together]:
        try:
            enough = ALONE if len(names) == 1 else TOGETHER
            seen.append(read_during(server, names, before, enough, known))
        except Exception as error:
            # Such as one that was not over in time. The next one waits for nothing of it.
            say(f"{' and '.join(names)}: {type(error).__name__}: {error} ({met(False)})")
    summary(f"{len(known)} faults of a machine with {kind}, and {len(together)} pairs", seen)


def summary(title, seen):
    for each in seen:
        if each.wrong or each.without:
            say(str(each))
    reads = sum(each.reads for each in seen)
    wrong = sum(sum(each.wrong.values()) for each in seen)
    without = sum(each.without for each in seen)
    slowest = max(seen, key=lambda each: each.slowest)
    say(
        f"{title}: {reads} reads (at least {LEAST}: {met(reads >= LEAST)}), {1 - wrong / reads:.4%} as before "
        f"(at least 99.99%: {met(wrong / reads <= 0.0001)}), {without} without 999 ({met(not without)}), "
        f"the slowest {slowest.slowest * 1000:.0f} ms, in {' and '.join(slowest.faults)}"
    )


def flood(server):
    """A reader's flood on each form: nobody gets anything but an answer that helps, readers notice nothing."""
    dice = random.Random(SEED)
    for path, fields in attacks.FORMS.items():
        body = "&".join(f"{name}={dice.randrange(9)}" for name in fields).encode()
        raw = attacks.form(server.url, path, body, [attacks.OURS])
        with reading(server.url, PATHS, readers=1) as told, ThreadPoolExecutor(100) as pool:
            heard = list(pool.map(lambda _, raw=raw: attacks.send(server.url, raw), range(400)))
        statuses = Counter(each.status for each in heard)
        helped = all(
            each.status < 500 or b"tel:999" in each.body or path.startswith("/admin/")
            for each in heard
        )
        right = all(status == 200 for *_, status, _ in told)
        say(
            f"400 at once to {path}: {dict(statuses)}, help on every refusal ({met(helped)}), {len(told)} pages meanwhile "
            f"({met(right)}), the slowest {max((took for _, took, *_ in told), default=0) * 1000:.0f} ms"
        )
