"""Django behind the front door: in threads of its own, with room for only so many."""

import asyncio
import os
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

from asgiref.wsgi import WsgiToAsgiInstance

from ..addresses import AddressKind, kind_of
from .counting import answers, place
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
# These statuses have no body: RFC 9110 sections 15.3.5 and 15.4.5.
BODILESS = (204, 304)


class Refused(Exception):
    """A request that Django is not asked about; `status` says why."""

    def __init__(self, status):
        super().__init__(f"Refused with {status}.")
        self.status = status


# So many steps a lane stands behind the loop, unless it says otherwise: a third of its share. At ten
# it is a tenth, and beside a full load of something else a reader's form takes longer than it may.
BEHIND = 5


def stand_back(steps):
    """Let the front door go first where a thread has a priority of its own, as on Linux.

    Without it the loop waits its turn behind every busy thread, and readers with it.
    """
    if sys.platform == "linux":
        this = os.PRIO_PROCESS, threading.get_native_id()
        # From where the process is: nobody but root may come nearer to the front.
        os.setpriority(*this, os.getpriority(*this) + steps)


class Lane:
    """A way into Django: so many threads, so many requests inside, bodies of so many bytes.

    So many more may `queue` for a place, for PATIENCE seconds each: a spike of forms waits
    instead of failing. After `seconds` inside a request is answered 503; its place stays
    taken until its thread is done. Its threads stand so many steps `behind` the loop.
    """

    def __init__(self, name, threads, places, body, seconds, queue=0, behind=BEHIND):
        self.executor = ThreadPoolExecutor(threads, f"django-{name}", stand_back, (behind,))
        self.places = asyncio.Semaphore(places)
        self.body = body
        self.seconds = seconds
        self.queue = queue
        self.waiting = self.inside = self.held = 0

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
        self.inside += 1

    def leave(self, task):
        self.places.release()
        self.inside -= 1
        # Whoever waited has been told; a late one has nobody left to tell.
        task.cancelled() or task.exception()


class Django:
    """A WSGI application as ASGI. Raises Refused instead of asking it for too much.

    Readers, strangers who ask for the newsroom, and staff have a lane each, so a crowd at one
    does not shut out the others. Ten threads in all: with the stock adapter's one, one hung
    save blocks everybody. A thread makes an answer whole and is free again: it is sent from
    the loop, however slowly it is taken.
    """

    def __init__(self, wsgi_application):
        self.wsgi_application = wsgi_application
        self.public = Lane("public", threads=4, places=8, body=SMALL, seconds=10, queue=64)
        # Who wants to log in, or only says so. Checking a password takes a third of a second of a
        # processor, on a busy machine more: whoever is in waits for those before. Anybody can make
        # a crowd here, so it stands further back.
        self.strangers = Lane("strangers", threads=2, places=64, body=SMALL, seconds=60, behind=10)
        # A page of the admin asks for a dozen files at once, and a picture takes its time.
        self.admin = Lane("admin", threads=4, places=64, body=6 * MIB, seconds=60)
        self.lanes = {"public": self.public, "strangers": self.strangers, "admin": self.admin}

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
            loop = asyncio.get_running_loop()
            task = loop.run_in_executor(lane.executor, self.answer, scope, body)
            task.add_done_callback(lane.leave)
            task.add_done_callback(held.release)
        finally:
            if task is None:
                held.release()
        await asyncio.wait([task], timeout=lane.seconds)
        if not task.done():
            raise Refused(503)
        status, headers, content = task.result()
        answers[place(kind_of(scope["path"]), status)] += 1
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": content})

    def answer(self, scope, body):
        """Ask the application, in a thread. Return status, header pairs of bytes, and body.

        The answer is closed when it is whole, as PEP 3333 asks: Django gives back its database
        connections and files then.
        """
        adapter = WsgiToAsgiInstance(self.wsgi_application, duplicate_header_limit=None)
        adapter.scope = scope
        environ = adapter.build_environ(scope, BytesIO(body))
        # A body in chunks has no length of its own, and WSGI reads no further than one says.
        environ["CONTENT_LENGTH"] = str(len(body))
        opening, chunks = [], []

        def start_response(status, headers, exc_info=None):
            opening[:] = int(status.partition(" ")[0]), headers

        response = self.wsgi_application(environ, start_response)
        try:
            chunks.extend(response)
        finally:
            response.close()
        status, headers = opening
        pairs = [(name.lower().encode("ascii"), value.encode("latin-1")) for name, value in headers]
        content = b"".join(chunks)
        if status not in BODILESS and not any(name == b"content-length" for name, _ in pairs):
            pairs.append((b"content-length", str(len(content)).encode()))
        return status, pairs, content

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
