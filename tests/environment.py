"""Loaded before Django by pytest, so that `pytest` alone is as good as bin/test."""

import atexit
import os
import tempfile
from pathlib import Path

# Before pytest keeps what is written for its report: for what ends the process.
stderr = os.dup(2)
os.environ["LOCAL"] = "1"
# Nothing that a test does may touch what bin/run made.
data = tempfile.TemporaryDirectory(prefix="site-tests-")
# Side by side, nobody else would before Python complains of it.
atexit.register(data.cleanup)
os.environ["DATA_DIR"] = data.name
# As after collectstatic: WhiteNoise warns of a missing folder, and warnings are errors here.
(Path(data.name) / "static").mkdir()
