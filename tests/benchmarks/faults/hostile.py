"""What attackers send."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from ...faults import attacks
from ...faults.reading import as_they_are
from ..tools import memory, say
from .telling import met

SEED = 20261126
ATTACKS = 20_000


def hostile(server, name, count=ATTACKS):
    """Send attacks; print what went wrong, and how much the workers grew."""

    def attack(one):
        kind, raw = one
        heard = attacks.send(server.url, raw)
        return kind, heard.status, attacks.wrong(kind, server.url, heard)

    def send(seed, number):
        with ThreadPoolExecutor(40) as pool:
            return list(pool.map(attack, attacks.attacks(server.url, seed, number)))

    before = as_they_are(server)
    send(SEED - 1, count // 10)
    small = max(map(memory, server.workers()))
    tried = send(SEED, count)
    large = max(map(memory, server.workers()))
    wrong = Counter((kind, found) for kind, _, found in tried if found)
    for (kind, found), times in wrong.items():
        say(f"{kind}: {found}, {times} times")
    # Of a machine that is busy with something else, 503: there was no room in Django.
    server_errors = Counter(status for _, status, _ in tried if status >= 500)
    log = server.log.read_text()
    say(
        f"{count} attacks with {name}: 5xx {dict(server_errors) or 0} ({met(not server_errors)}), {sum(wrong.values())} wrong "
        f"({met(not wrong)}), a worker {small:.0f} to {large:.0f} MiB ({met(large < small * 1.1)}), "
        f"afterwards the same pages ({met(as_they_are(server) == before)}), "
        f"a mark in the log or a traceback ({met(attacks.MARK not in log and 'Traceback' not in log)})"
    )
