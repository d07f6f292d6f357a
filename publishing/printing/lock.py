import contextlib
import fcntl
import os
import time
from math import inf


class Busy(Exception):
    """Somebody else on this machine holds the lock."""


class Lock:
    """A lock between the processes and threads of one machine, which a hung holder loses.

    The kernel frees it when its holder dies. A holder older than `expires` seconds is
    passed over: the next one puts a new file in the place of the locked one. So whoever
    holds it asks still_mine() before doing what cannot be taken back.
    """

    def __init__(self, path, expires):
        self.path = path
        self.expires = expires
        self.handle = None

    def take(self):
        """Take the lock, or raise Busy at once."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        handle = self.path.open("a")
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            handle.close()
            handle = self.take_over()
        self.handle = handle
        if not self.still_mine():
            self.release()
            raise Busy
        os.utime(self.path)

    def take_over(self):
        if self.age() < self.expires:
            raise Busy
        new = self.path.with_name(f"{self.path.name}-{os.getpid()}-{time.monotonic_ns()}")
        handle = new.open("a")
        fcntl.flock(handle, fcntl.LOCK_EX)
        new.replace(self.path)
        return handle

    def wait(self, seconds):
        """Take the lock within so many seconds, or raise Busy."""
        end = time.monotonic() + seconds
        while True:
            try:
                return self.take()
            except Busy:
                if time.monotonic() > end:
                    raise
                time.sleep(0.02)

    def renew(self):
        """Say that its holder gets on, so that nobody passes it over."""
        os.utime(self.path)

    def age(self):
        """Return the seconds since a holder last said that it gets on; infinity if there is none."""
        with contextlib.suppress(FileNotFoundError):
            return time.time() - self.path.stat().st_mtime
        return inf

    def still_mine(self):
        with contextlib.suppress(FileNotFoundError):
            return os.fstat(self.handle.fileno()).st_ino == self.path.stat().st_ino
        return False

    def release(self):
        self.handle.close()
        self.handle = None
