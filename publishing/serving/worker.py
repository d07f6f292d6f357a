from uvicorn_worker import UvicornWorker

from .protocol import Protocol


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
