"""Bad days and attackers, on one real site: a seeded part of what bin/bench faults tries whole."""

import random
from concurrent.futures import ThreadPoolExecutor

import pytest

from ..publishing.readers import Reader
from ..server import Server
from . import attacks
from .faults import FAULTS, pairs
from .reading import as_they_are, read_during

pytestmark = [pytest.mark.server, pytest.mark.slow]

SEED = 20261126
ATTACKS = 2000
# A worker that is killed takes the connections with it that it answers at that moment.
LOST = 8


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    server = Server(tmp_path_factory.mktemp("withstand"), DATABASE_URL=None)
    try:
        server.start("--workers", "2")
        server.wait_until(lambda: len(server.workers()) == 2)
        yield server
    finally:
        server.close()


@pytest.fixture(scope="module")
def before(site):
    return as_they_are(site)


TOGETHER = random.Random(SEED).sample(pairs(), 10)


@pytest.mark.parametrize(
    "names", [*((name,) for name in FAULTS), *TOGETHER], ids=lambda names: " and ".join(names)
)
def test_readers_notice_nothing(site, before, names):
    seen = read_during(site, names, before, enough=150)
    allowed = LOST if any("killed" in name for name in names) else 0
    assert seen.without <= allowed, str(seen)
    assert sum(seen.wrong.values()) <= allowed, str(seen)


def test_what_attackers_send_does_no_harm(site, before):
    def attack(one):
        kind, raw = one
        return kind, raw, attacks.wrong(kind, site.url, attacks.send(site.url, raw))

    with ThreadPoolExecutor(40) as pool:
        tried = list(pool.map(attack, attacks.attacks(site.url, SEED, ATTACKS)))
    assert [(kind, raw, found) for kind, raw, found in tried if found] == []
    assert {kind for kind, *_ in tried} == set(attacks.MAKERS)
    # No poison is left for the next reader, and nothing of it is in the log.
    assert as_they_are(site) == before
    assert attacks.MARK not in site.log.read_text()
    assert "Traceback" not in site.log.read_text()


def test_after_all_that_the_newsroom_still_answers(site):
    reader = Reader(site.url)
    assert reader.get("/admin/login/")[0] == 200
    reader.close()
