import gc
import sys

from uvicorn_worker import UvicornWorker

from .protocol import Protocol

# Seconds after which a thread of Django gives way to the loop; Python's own five thousandths
# are the time of a hundred answers.
GIVE_WAY = 0.0005


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
    }

    def init_process(self):
        sys.setswitchinterval(GIVE_WAY)
        # What Django has loaded stays: to look through it for garbage takes a tenth of a second.
        gc.freeze()
        super().init_process()
