"""What the front door is compared with, on the same gunicorn and worker."""

import os

from config.wsgi import application as wsgi
from publishing.serving.django_bridge import Django

from .fetch import fetched


class Application:
    """An ASGI application on our protocol that leaves every request to `answer`."""

    def __init__(self, answer):
        self.answer = answer

    def respond(self, method, target, pairs):
        return None

    def remembered(self):
        return {}

    async def __call__(self, scope, receive, send):
        if scope["type"] == "http":
            await self.answer(scope, receive, send)
            return
        while True:
            message = await receive()
            await send({"type": f"{message['type']}.complete"})
            if message["type"] == "lifespan.shutdown":
                return


async def least(scope, receive, send):
    """The least that an ASGI application can do: the same bytes and headers, whatever is asked."""
    await send(opening)
    await send(body)


def fetch():
    return fetched(os.environ["SAME_AS"]) if "SAME_AS" in os.environ else (None, None)


opening, body = fetch()
without_edition = Django(wsgi)
# Measured, not protected: nobody is turned away.
without_edition.public.queue = 1000

same = Application(least)
# The same site without its edition: every page is rendered by Django.
django = Application(without_edition)
