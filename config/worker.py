from uvicorn_worker import UvicornWorker


class Worker(UvicornWorker):
    """uvicorn under gunicorn, with the fast parser and loop, and nothing the site does not use."""

    CONFIG_KWARGS = {
        "loop": "uvloop",
        "http": "httptools",
        "ws": "none",
        "lifespan": "on",
        "access_log": False,
        "server_header": False,
    }
