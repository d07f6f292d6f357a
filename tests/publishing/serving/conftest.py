import asyncio

import pytest

from config.asgi import hooks
from publishing.printing import editions
from publishing.serving.door import FrontDoor
from publishing.serving.loaded_edition import EditionLoader
from safety.headers import security_headers

from ..builders import make_edition, make_html
from .connections import Connection, Django


@pytest.fixture
def django():
    return Django()


@pytest.fixture
def connected(django, settings):
    """Return a function that runs a story with a new Connection to a door with an edition."""
    settings.ALLOWED_HOSTS = ["site.test"]
    pages = {"/": make_html("<p>Home</p>"), "/help/": make_html("<p>Help</p>")}
    parts = {"message/ask": "", "cover": make_html(title="Paused", card="")}
    editions.switch(editions.write(make_edition(pages=pages, parts=parts)))
    loader = EditionLoader(security_headers)
    loader.look()
    door = FrontDoor(hooks, loader, django, {})

    def run(story):
        async def whole():
            connection = Connection(door)
            try:
                return await story(connection)
            finally:
                for task in connection.state.tasks:
                    task.cancel()

        return asyncio.run(whole())

    return run
