"""A test that takes its process down fails alone: the others run on, and the run ends."""

import os
import subprocess
import sys

import pytest

from .server import PATIENCE, ROOT

FILES = {
    "test_first.py": "def test_one(): pass",
    "test_second.py": "import os\ndef test_dies(): os._exit(1)\ndef test_after(): pass",
    "test_third.py": "import os\ndef test_dies_too(): os._exit(1)",
}


@pytest.mark.slow
@pytest.mark.parametrize("processes", [1, 2])
def test_a_run_ends_where_a_process_has_ended_in_a_test(tmp_path, processes):
    for name, code in FILES.items():
        (tmp_path / name).write_text(code)
    options = ["-c", os.devnull, "--rootdir", tmp_path, "-p", "no:cacheprovider"]
    options += ["-n", str(processes), "--dist", "loadfile", "--no-loadscope-reorder"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "tests.scheduling", *options, tmp_path],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert "2 failed, 2 passed" in done.stdout, done.stdout + done.stderr
