import gc
import os
import signal
import sys
import threading

from uvicorn_worker import UvicornWorker

from .protocol import Protocol

# Seconds after which a thread of Django gives way to the loop; Python's own five thousandths
# are the time of a hundred answers.
GIVE_WAY = 0.0005
# Seconds that requests under way get to end when a worker stops, as gunicorn's own limit says.
GRACE = 20


class Worker(UvicornWorker):
    """uvicorn under gunicorn, with the fast parser and loop, and nothing the site does not use."""

    CONFIG_KWARGS = {
        "loop": "uvloop",
        "http": Protocol,
        "ws": "none",
        "lifespan": "on",
        "access_log": False,
        "server_header": False,
        # The door and Django read X-Forwarded-Proto themselves.
        "proxy_headers": False,
        # Each second: see callback_notify.
        "timeout_notify": 0,
        "timeout_graceful_shutdown": GRACE,
    }

    orphaned = False

    def init_process(self):
        sys.setswitchinterval(GIVE_WAY)
        # What Django has loaded stays: to look through it for garbage takes a tenth of a second.
        gc.freeze()
        super().init_process()

    async def callback_notify(self):
        """Tell gunicorn that this worker lives; end, if gunicorn itself does not.

        Killed outright it cannot end its workers, and uvicorn's notice nothing: they would hold
        the port, so that no new gunicorn could start, and nobody would replace the next to fail.
        """
        await super().callback_notify()
        if os.getppid() != self.ppid and not self.orphaned:
            self.orphaned = True
            # A thread that hangs in Django keeps a process from ending.
            last = threading.Timer(GRACE + 5, os._exit, [1])
            last.daemon = True
            last.start()
            signal.raise_signal(signal.SIGTERM)
