"""PostgreSQL is as good as SQLite."""

import os
import subprocess
import sys

import pytest

from ..postgresql import patient
from ..server import ROOT

# It is a whole run of its own.
pytestmark = [pytest.mark.postgresql, pytest.mark.slow, pytest.mark.timeout(1800)]


def test_the_quick_tests_pass_on_postgresql_too(postgresql, tmp_path, every):
    postgresql.sql("DROP DATABASE IF EXISTS quick")
    postgresql.sql("CREATE DATABASE quick")
    # What never asks a database does not change with it. bin/test tries a quarter of the others,
    # those with many values with the first, and an eighth of those that take long; bin/bench every all.
    quick = "not browser and not server and not postgresql and not slow"
    done = subprocess.run(
        # A folder of its own: else it would tidy up after every earlier run, a minute's work.
        [sys.executable, "-m", "pytest", "-q", "--database", "all" if every else "part"]
        + ["-m", quick, "--basetemp", tmp_path / "quick"],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": patient(postgresql.url("quick"))},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout[-5000:]
