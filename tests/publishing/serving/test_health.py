"""What the operator's address says: whether readers are served, and nothing of the machine."""

import asyncio
import json
import os

import pytest
from asgiref.testing import ApplicationCommunicator

from publishing.printing import editions
from publishing.serving import health
from publishing.serving.loaded_edition import EditionLoader
from safety.headers import security_headers

from ..builders import make_edition, make_html


@pytest.fixture
def ready(monkeypatch):
    """Ask /-/ready and return (status, what it says). The newsroom is not asked."""
    monkeypatch.setattr(health, "look", lambda: {"database": "answers"})
    loader = EditionLoader(security_headers)
    ready = health.Ready(loader, security_headers)

    async def answer():
        asking = ApplicationCommunicator(ready, {"type": "http", "path": "/-/ready"})
        opening, body = await asking.receive_output(), await asking.receive_output()
        return opening["status"], body["body"].decode()

    def ask():
        loader.look()
        return asyncio.run(answer())

    return ask


def test_without_an_edition_this_machine_is_not_ready(ready):
    status, said = ready()
    assert status == 503
    assert json.loads(said)["wrong"] == ["No edition has been printed."]


@pytest.mark.parametrize("damage", ["changed page", "no page", "no manifest"])
def test_what_is_wrong_is_said_without_a_path_or_a_process(ready, editions_dir, damage):
    editions.switch(editions.write(make_edition()))
    editions.switch(editions.write(make_edition(pages={"/signs/": make_html()})))
    page, manifest = editions_dir / "2/public/signs/index.html", editions_dir / "2/manifest.json"
    {
        "changed page": lambda: page.write_text("tampered"),
        "no page": page.unlink,
        "no manifest": manifest.unlink,
    }[damage]()
    status, said = ready()
    found = json.loads(said)
    assert (status, found["edition"]) == (200, 1)
    [sentence] = found["wrong"]
    assert sentence.startswith("Edition 2 ")
    assert "/" not in said
    assert os.getpid() not in found.values()


def test_workers_can_be_told_apart(ready):
    first, second = (json.loads(ready()[1])["worker"] for _ in range(2))
    assert first == second
    assert len(first) == 8
