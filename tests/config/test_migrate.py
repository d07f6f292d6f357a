"""A migration that is killed before it is recorded is begun again: see config's own migrate."""

import os
import signal
import subprocess
import sys

import pytest

from tests.postgresql import patient
from tests.server import ROOT

MIGRATE = """
import os, signal, sys
import django
django.setup()
from django.core.management import call_command
from django.db.migrations.recorder import MigrationRecorder

record = MigrationRecorder.record_applied

def record_or_die(self, app, name):
    if [app, name] == sys.argv[1:]:
        os.kill(os.getpid(), signal.SIGKILL)
    record(self, app, name)

MigrationRecorder.record_applied = record_or_die
call_command("migrate", verbosity=0)
"""
# Each leaves indexes or keys for its end.
KILLED = [["awareness", "0001_initial"], ["signposting", "0001_initial"]]


@pytest.mark.slow
@pytest.mark.postgresql
def test_a_migration_killed_before_its_record_is_begun_again(postgresql, tmp_path):
    postgresql.sql("DROP DATABASE IF EXISTS migrations")
    postgresql.sql("CREATE DATABASE migrations")
    environment = {
        **os.environ,
        "DATABASE_URL": patient(postgresql.url("migrations")),
        "DATA_DIR": str(tmp_path),
    }
    for arguments, status in (*((one, -signal.SIGKILL) for one in KILLED), ([], 0)):
        command = [sys.executable, "-c", MIGRATE, *arguments]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
        assert done.returncode == status, done.stderr
