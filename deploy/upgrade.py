"""Put a new gunicorn in the place of the running one, with no reader noticing.

    python deploy/upgrade.py PID

PID is gunicorn's own. It is told to start a new one beside it (USR2). Once all workers of the new one
answer, the old one is told to end (TERM). If the new one does not come up within a minute the old
one stays, and the exit status is 1. HOST and PORT say where it answers, as for gunicorn.
"""

import os
import re
import signal
import sys
import time
import urllib.request

SECONDS = 60
LOOK = 0.05
# Seconds after which it is told again; while a new one is there it does not listen.
AGAIN = 5


def asked():
    """Return (when the gunicorn that answers was started, its workers), or None without an answer."""
    host, port = os.environ.get("HOST", "127.0.0.1"), os.environ.get("PORT", "8000")
    try:
        with urllib.request.urlopen(f"http://{host}:{port}/-/metrics", timeout=2) as answer:  # noqa: S310
            text = answer.read().decode()
    except OSError:
        return None
    said = dict(re.findall(r"^site_(start_time_seconds|workers) (\S+)$", text, re.MULTILINE))
    return float(said["start_time_seconds"]), int(said["workers"])


def upgrade(pid):
    """Return whether a new gunicorn has taken over from the one with that process id."""
    before = asked()
    # Those before the last upgrade may still answer: the new one is started after it is asked for.
    wanted = time.time()
    end = time.monotonic() + SECONDS
    again = 0
    while (now := time.monotonic()) < end:
        if now >= again:
            # One that was itself an upgrade a moment ago does not hear it yet; a second time it does.
            os.kill(pid, signal.SIGUSR2)
            again = now + AGAIN
        time.sleep(LOOK)
        found = asked()
        # Each connection is taken by one of the two.
        if found and found[0] > wanted and (not before or found[1] >= before[1]):
            os.kill(pid, signal.SIGTERM)
            return True
    return False


if __name__ == "__main__":
    if len(sys.argv) != 2 or not sys.argv[1].isdigit():
        sys.exit(__doc__)
    if not upgrade(int(sys.argv[1])):
        sys.exit("The new gunicorn did not come up. The old one serves readers as before.")
