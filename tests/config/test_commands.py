"""The commands as a stranger types them."""

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request

import pytest
from django.conf import settings

pytestmark = pytest.mark.server


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def run(data_dir):
    """Start bin/run on a free port; return the process and its address."""
    port = free_port()
    process = subprocess.Popen(
        ["bin/run"],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], "PORT": str(port), "DATA_DIR": str(data_dir)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    return process, f"http://127.0.0.1:{port}"


def said_until(process, words):
    """Return the lines a process printed, up to the first that holds the words."""
    lines = []
    for line in process.stdout:
        lines.append(line)
        if words in line:
            return "".join(lines)
    raise AssertionError("It stopped before it said so:\n" + "".join(lines))


def test_two_sites_run_at_once_with_ports_and_data_of_their_own(tmp_path):
    sites = [run(tmp_path / name) for name in ("one", "two")]
    try:
        for process, address in sites:
            said = said_until(process, "Listening at")
            assert f"The site is at {address}" in said
            for name in ("writer", "editor", "keeper", "keeper2", "manager"):
                assert re.search(rf"^  {name}  \S{{12,}}$", said, re.MULTILINE)
            with urllib.request.urlopen(address) as answer:
                assert answer.status == 200
    finally:
        for process, _ in sites:
            process.send_signal(signal.SIGTERM)
            process.communicate()
    assert not (settings.BASE_DIR / "var" / "one").exists()


def test_two_first_starts_on_one_data_folder_make_one_site(tmp_path):
    starts = [
        subprocess.Popen(
            [sys.executable, "manage.py", "prepare"],
            cwd=settings.BASE_DIR,
            env={"PATH": os.environ["PATH"], "LOCAL": "1", "DATA_DIR": str(tmp_path)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    said = [process.communicate() for process in starts]
    assert [process.returncode for process in starts] == [0, 0], said
    # One of the two made the logins, and only that one shows them.
    assert sum("Five logins" in out for out, _ in said) == 1


@pytest.mark.parametrize("name", ["bin/run", "bin/setup", "bin/test", ".ci/run"])
def test_every_command_of_the_readme_is_there_and_can_be_run(name):
    assert os.access(settings.BASE_DIR / name, os.X_OK)


def test_static_files_are_compressed_but_for_maps_of_scripts(server):
    """A map of two megabytes would hold up the first start for seconds; only developers ask for it."""
    static = server.data_dir / "static"
    assert list(static.rglob("*.map"))
    for form in ("br", "gz"):
        assert list(static.rglob(f"*.js.{form}"))
        assert list(static.rglob(f"*.css.{form}"))
        assert list(static.rglob(f"*.map.{form}")) == []
