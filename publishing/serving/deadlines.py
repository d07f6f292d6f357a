"""How long one connection may take: for a head, a body, an answer; and between two requests."""

import socket
import struct
from math import inf

# Seconds: for a whole head from its first byte, between two requests, and for a body or an
# answer to get on by so many bytes.
SECONDS = 5
PROGRESS = 4 * 1024
# A whole body: a reader's form, and a picture that staff send.
BODY_SECONDS = 20
STAFF_SECONDS = 120
# Linger, for no time: socket(7).
FORGET = struct.pack("ii", 1, 0)


class Deadlines:
    """Cuts a connection off that does not get on. One timer each; a request only notes `since`.

    The protocol says `counted`, the bytes of a head and body so far, and `waits_for_us()`.
    """

    # Of reading: "idle", "head", "body", or "work" while Django has a whole request.
    state = "idle"
    since = latest = 0.0
    staff = False
    # What was counted when the body last got on.
    mark = 0
    # Bytes of answers that wait to be taken, and since when no fewer.
    unsent = 0
    unsent_since = 0.0

    def look(self):
        """Cut the connection off if it does not get on; else look again when it could be late."""
        now = self.loop.time()
        writing = self.writing_due(now)
        due = min(writing, self.reading_due(now))
        if writing <= now:
            self.forget()
        if due <= now:
            self.transport.abort()
        else:
            self.watch = self.loop.call_at(due, self.look)

    def forget(self):
        """Have the kernel keep nothing of what was not taken, for it would offer it for long.

        Only of who takes nothing: a reader who said no more may still be taking the last answer.
        """
        if connection := self.transport.get_extra_info("socket"):
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, FORGET)

    def reading_due(self, now):
        """Return the loop's time by which more must have been heard."""
        if self.waits_for_us() or self.transport.is_closing():
            return now + SECONDS
        if self.state == "idle" and self.unsent:
            self.since = now
        if self.state == "body":
            if self.counted >= self.mark + PROGRESS:
                self.mark, self.latest = self.counted, now
            most = STAFF_SECONDS if self.staff else BODY_SECONDS
            return min(self.latest + SECONDS, self.since + most)
        return self.since + SECONDS

    def writing_due(self, now):
        """Return the loop's time by which more of an answer must have been taken."""
        waiting = self.transport.get_write_buffer_size()
        # More than before is progress too: Django writes on only when there is room.
        if waiting > self.unsent or waiting <= self.unsent - PROGRESS:
            self.unsent_since = now
            self.unsent = waiting
        return self.unsent_since + SECONDS if waiting else inf
