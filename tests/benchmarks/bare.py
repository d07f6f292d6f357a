"""What the front door is compared with, on the same gunicorn and worker."""

import os

from config.wsgi import application as wsgi
from publishing.serving.django_bridge import Django

from .fetch import fetched

opening, body = fetched(os.environ["SAME_AS"])


async def same(scope, receive, send):
    """The least that an ASGI application can do: the same bytes and headers, whatever is asked."""
    if scope["type"] == "lifespan":
        await lifespan(receive, send)
        return
    await send(opening)
    await send(body)


without_edition = Django(wsgi)
# Measured, not protected: nobody is turned away.
without_edition.public.queue = 1000


async def django(scope, receive, send):
    """The same site without its edition: every page is rendered by Django."""
    if scope["type"] == "lifespan":
        await lifespan(receive, send)
        return
    await without_edition(scope, receive, send)


async def lifespan(receive, send):
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
