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
# The process that a file is sent to has ended in between: what it was to read is gone.
ENDED = """
from xdist.workermanage import WorkerController
send = WorkerController.send_runtest_some
def send_late(node, indices):
    if node.gateway.id == "gw0" and indices == [3]:
        node.gateway._io.popen.wait()
    send(node, indices)
WorkerController.send_runtest_some = send_late
"""
# The second process ends while the one that takes the first's place still looks for its tests.
LOOKS = {
    "conftest.py": """
import pathlib
here = pathlib.Path(__file__).parent
def pytest_testnodeready(node): (here / f"{node.gateway.id} is ready").touch()
def pytest_testnodedown(node): (here / f"{node.gateway.id} has ended").touch()
def pytest_collection(session):
    if getattr(session.config, "workerinput", {}).get("workerid") == "gw2":
        while not (here / "gw1 has ended").exists(): pass
""",
    "test_first.py": "import os\ndef test_dies(): os._exit(1)\ndef test_after(): pass",
    "test_second.py": """
import os, pathlib
def test_dies_too():
    while not (pathlib.Path(__file__).parent / "gw2 is ready").exists(): pass
    os._exit(1)
def test_after(): pass
""",
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
@pytest.mark.parametrize(
    ("processes", "files"),
    [
        pytest.param(1, FILES, id="one"),
        pytest.param(2, FILES, id="two"),
        pytest.param(1, FILES | {"conftest.py": ENDED}, id="before_a_file_was_sent"),
        pytest.param(2, LOOKS, id="before_another_has_found_its_tests"),
    ],
)
def test_a_run_ends_where_a_process_has_ended_in_a_test(tmp_path, processes, files):
    options = ["-n", str(processes), "--dist", "loadfile", "--no-loadscope-reorder"]
    done = run(tmp_path, files, "-o", f"timeout={PATIENCE}", *options)
    assert "2 failed, 2 passed" in done.stdout, done.stdout + done.stderr


@pytest.mark.slow
def test_a_run_ends_where_a_module_hangs_while_it_is_imported(tmp_path):
    done = run(tmp_path, {"test_hangs.py": HANGS}, "-o", "timeout=5")
    assert done.returncode == 1, done.stdout
    assert re.search(r"test_hangs.py\W+line 2 in hangs", done.stderr), done.stderr
