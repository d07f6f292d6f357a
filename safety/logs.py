"""Log lines that cannot hold anything of a reader, whatever is passed to a logger.

Each line is one JSON object. Its fields are an allow-list, not a filter: the time, the level, the
logger and words that our own code wrote. What other packages put into a line (addresses, paths,
headers) is never printed, and of an exception only its kind and the places in the code, because
its text may quote what somebody sent.
"""

import json
import logging
import signal
import time
import traceback

from gunicorn import glogging

APPS = ("config", "awareness", "signposting", "cookies", "safety", "publishing")
# Their sentences are constants; what they put into them is not ours to know.
SENTENCES = ("django", "gunicorn", "uvicorn")
# What gunicorn puts into the sentences about its own processes, beside their numbers.
OF_PROCESSES = {*signal.Signals.__members__, "Worker failed to boot.", "App failed to load."}
# "error" is all that is no access log, and there is none.
SERVER = ("gunicorn.error", "uvicorn.error")


class Formatter(logging.Formatter):
    """Formats a record as one line of JSON: time, level, logger, message, and of an exception
    its kind as `exception` and the places in the code as `at`, the innermost last.
    """

    converter = time.gmtime

    def format(self, record):
        found = {
            "time": self.formatTime(record, "%Y-%m-%dT%H:%M:%SZ"),
            "level": record.levelname,
            "logger": record.name,
            "message": words(record),
        }
        if record.exc_info and record.exc_info[0]:
            found |= raised(record.exc_info)
        return json.dumps(found, ensure_ascii=False)


def words(record):
    """Return what of a record's message may be printed."""
    app = record.name.partition(".")[0]
    # The server's lines of its own start and stop; its warnings may quote a client.
    at_start = record.name in SERVER and record.levelno <= logging.INFO
    if app in APPS or at_start:
        return record.getMessage()
    if route := getattr(getattr(record, "request", None), "resolver_match", None):
        return f"in the view {route.view_name or route._func_path}"
    if app in SENTENCES and isinstance(record.msg, str):
        of_processes = app == "gunicorn" and all(map(is_of_a_process, record.args or ()))
        return record.getMessage() if of_processes else record.msg
    return f"logged at {record.module}.py:{record.lineno}"


def is_of_a_process(value):
    """Return whether gunicorn says this of its processes; anything else could be a reader's."""
    return isinstance(value, int) or isinstance(value, str) and value in OF_PROCESSES


def raised(exc_info):
    """Return the kind of an exception and where in the code it came from, without its text."""
    kind, _, found = exc_info
    frames = traceback.extract_tb(found)
    return {
        "exception": f"{kind.__module__}.{kind.__qualname__}",
        "at": [f"{frame.filename}:{frame.lineno} in {frame.name}" for frame in frames],
    }


class GunicornLogger(glogging.Logger):
    """gunicorn's logger, and so uvicorn's, with our lines. There is no access log."""

    def setup(self, cfg):
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(Formatter())
