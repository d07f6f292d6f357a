"""Loaded before Django by pytest, so that `pytest` alone is as good as bin/test."""

import os
import tempfile
from pathlib import Path

os.environ["LOCAL"] = "1"
# Nothing that a test does may touch what bin/run made.
data = tempfile.TemporaryDirectory(prefix="site-tests-")
os.environ["DATA_DIR"] = data.name
# As after collectstatic: WhiteNoise warns of a missing folder, and warnings are errors here.
(Path(data.name) / "static").mkdir()
