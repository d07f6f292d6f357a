"""Loaded before Django by pytest, so that `pytest` alone is as good as bin/test."""

import os
import tempfile
from pathlib import Path

os.environ["LOCAL"] = "1"
# Nothing that a test does may touch what bin/run made.
os.environ["DATA_DIR"] = str(Path(tempfile.mkdtemp(prefix="site-tests-")))
