"""An ASGI application, asked as a server asks it."""

import asyncio


async def ask(application, scope, *messages):
    """Return the messages that an application sends. It is sent these; then its client stays.

    Raises what it raises. It may take as long as a test may: asgiref's own gives up after a second.
    """
    coming, sent = list(messages), []

    async def receive():
        if not coming:
            await asyncio.Event().wait()
        return coming.pop(0)

    async def send(message):
        sent.append(message)

    await application(scope, receive, send)
    return sent
