"""Django behind the front door: in threads of its own, with room for only so many."""

import asyncio
import os
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

from asgiref.sync import AsyncToSync, sync_to_async
from asgiref.wsgi import WsgiToAsgi, WsgiToAsgiInstance

from ..addresses import AddressKind, kind_of
from .sessions import has_session

KIB = 1024
MIB = 1024 * KIB
# What a lane of a worker holds at most of bodies, from the first byte until Django is done.
BODIES = 48 * MIB
# What anybody may send. Only who has logged in sends pages and pictures.
SMALL = 64 * KIB
# What only staff ask Django for: pictures of previews among it.
NEWSROOM = {AddressKind.NEWSROOM, AddressKind.STATIC, AddressKind.UPLOAD}
# Seconds that a request waits for a place before it is told to come again.
PATIENCE = 2


class Refused(Exception):
    """A request that Django is not asked about; `status` says why."""

    def __init__(self, status):
        super().__init__(f"Refused with {status}.")
        self.status = status


def stand_back():
    """Let the front door go first where a thread has a priority of its own, as on Linux.

    Without it the loop waits its turn behind every busy thread, and readers with it.
    """
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 10)


class Lane:
    """A way into Django: so many threads, so many requests inside, bodies of so many bytes.

    So many more may `queue` for a place, for PATIENCE seconds each: a spike of forms waits
    instead of failing. After `seconds` inside a request is answered 503; its place stays
    taken until its thread is done.
    """

    def __init__(self, name, threads, places, body, seconds, queue=0):
        self.executor = ThreadPoolExecutor(threads, f"django-{name}", initializer=stand_back)
        self.places = asyncio.Semaphore(places)
        self.body = body
        self.seconds = seconds
        self.queue = queue
        self.waiting = 0
        self.held = 0

    async def enter(self):
        """Take a place, first come, first served. Raises Refused if there is none in time."""
        if self.places.locked() and self.waiting >= self.queue:
            raise Refused(503)
        self.waiting += 1
        try:
            async with asyncio.timeout(PATIENCE):
                await self.places.acquire()
        except TimeoutError:
            raise Refused(503) from None
        finally:
            self.waiting -= 1

    def leave(self, task):
        self.places.release()
        # Whoever waited has been told; a late one has nobody left to tell.
        task.cancelled() or task.exception()


class Django(WsgiToAsgi):
    """A WSGI application as ASGI. Raises Refused instead of asking it for too much.

    Readers, strangers who ask for the newsroom, and staff have a lane each, so a crowd at one
    does not shut out the others. Ten threads in all: the stock adapter has one, so that one
    hung save blocks everybody.
    """

    def __init__(self, wsgi_application):
        super().__init__(closing(wsgi_application))
        self.public = Lane("public", threads=4, places=8, body=SMALL, seconds=10, queue=64)
        # Who wants to log in, or only says so. Checking a password takes its time.
        self.strangers = Lane("strangers", threads=2, places=32, body=SMALL, seconds=10)
        # A page of the admin asks for a dozen files at once, and a picture takes its time.
        self.admin = Lane("admin", threads=4, places=64, body=6 * MIB, seconds=60)

    def lane(self, scope):
        if kind_of(scope["path"]) not in NEWSROOM:
            return self.public
        return self.admin if has_session(scope["headers"]) else self.strangers

    async def __call__(self, scope, receive, send):
        lane = self.lane(scope)
        held, task = Held(lane), None
        try:
            body = await self.read(scope, receive, held)
            if body is None:
                return
            await lane.enter()
            call = Call(self.wsgi_application, self.duplicate_header_limit)
            task = asyncio.create_task(call(scope, body, send, lane.executor))
            task.add_done_callback(lane.leave)
            task.add_done_callback(held.release)
        finally:
            if task is None:
                held.release()
        await asyncio.wait([task], timeout=lane.seconds)
        if task.done():
            task.result()
        elif not call.response_started:
            call.abandoned = True
            raise Refused(503)
        else:
            # The reader has the beginning: the rest follows when it can.
            await task

    async def read(self, scope, receive, held):
        """Return the whole body, or None if the client went away. Raises Refused."""
        limit = held.lane.body
        length = dict(scope["headers"]).get(b"content-length", b"0")
        if not length.isdigit() or int(length) > limit:
            raise Refused(413 if length.isdigit() else 400)
        chunks = []
        while True:
            message = await receive()
            if message["type"] != "http.request":
                return None
            chunk = message.get("body", b"")
            chunks.append(chunk)
            held.take(len(chunk))
            if held.size > limit:
                raise Refused(413)
            if not message.get("more_body"):
                return b"".join(chunks)


class Held:
    """The memory that one request's body takes of its lane, until release()."""

    def __init__(self, lane):
        self.lane = lane
        self.size = 0

    def take(self, size):
        """Raises Refused if the lane holds too much."""
        self.size += size
        self.lane.held += size
        if size and self.lane.held > BODIES:
            raise Refused(503)

    def release(self, task=None):
        self.lane.held -= self.size
        self.size = 0


class Call(WsgiToAsgiInstance):
    """One request in one of our threads, with a body that is already here."""

    abandoned = False
    # The plain function, without the wrapper that gives it the one shared thread.
    run = WsgiToAsgiInstance.__dict__["run_wsgi_app"].func

    async def __call__(self, scope, body, send, executor):
        async def unless_abandoned(message):
            if not self.abandoned:
                await send(message)

        self.scope = scope
        self.sync_send = AsyncToSync(unless_abandoned)
        run = sync_to_async(type(self).run, thread_sensitive=False, executor=executor)
        await run(self, BytesIO(body))


def closing(wsgi_application):
    """Close each answer when it is sent, as PEP 3333 asks and the stock adapter forgets.

    Django gives back its database connections and files then.
    """

    def application(environ, start_response):
        response = wsgi_application(environ, start_response)
        try:
            yield from response
        finally:
            response.close()

    return application
