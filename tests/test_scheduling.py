"""A run of tests ends: where a test takes its process down, and where an import hangs."""

import os
import re
import subprocess
import sys

import pytest

from .server import PATIENCE, ROOT

FILES = {
    "test_first.py": "def test_one(): pass",
    "test_second.py": "import os\ndef test_dies(): os._exit(1)\ndef test_after(): pass",
    "test_third.py": "import os\ndef test_dies_too(): os._exit(1)",
}
HANGS = "def hangs():\n    while True: pass\nhangs()\ndef test_nothing(): pass"


def run(folder, files, *options):
    for name, code in files.items():
        (folder / name).write_text(code)
    alone = ["-c", os.devnull, "--rootdir", folder, "-p", "no:cacheprovider"]
    # In the folder that runs share, pytest would take the last runs' away before it ends.
    own = ["--basetemp", folder / "own"]
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "tests.scheduling", *alone, *own, *options, folder],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )


@pytest.mark.slow
@pytest.mark.parametrize("processes", [1, 2])
def test_a_run_ends_where_a_process_has_ended_in_a_test(tmp_path, processes):
    options = ["-n", str(processes), "--dist", "loadfile", "--no-loadscope-reorder"]
    done = run(tmp_path, FILES, "-o", f"timeout={PATIENCE}", *options)
    assert "2 failed, 2 passed" in done.stdout, done.stdout + done.stderr


@pytest.mark.slow
def test_a_run_ends_where_a_module_hangs_while_it_is_imported(tmp_path):
    done = run(tmp_path, FILES | {"test_fourth.py": HANGS}, "-o", "timeout=2")
    assert done.returncode == 1, done.stdout
    assert re.search(r"test_fourth.py\W+line 2 in hangs", done.stderr), done.stderr
