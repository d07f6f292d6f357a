"""The migrations of an upgrade, killed again and again while readers read."""

import json
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing

import psycopg
import requests

from ...faults.reading import PATHS, as_they_are
from ...faults.upgrades import OLDER
from ...publishing.readers import reading
from ...publishing.test_faults import sqlite_file
from ...server import ROOT
from ..publish import WORKERS
from ..tools import say
from .newsroom import editions
from .telling import met

# Statements between one death and the next: every third step of each migration is tried.
STEP = 3
# What the site itself writes meanwhile: what it serves, and what it printed.
WRITTEN = {"publishing_serving", "publishing_print"}


def editions_served(server):
    """Ask, on new connections, until every worker has said which edition it serves."""
    found = {}
    while len(found) < WORKERS:
        answer = requests.get(f"{server.url}/-/ready", headers={"Connection": "close"}, timeout=30)
        found[answer.json()["worker"]] = answer.json()["edition"]
    return found


def migrations(server, database=None):
    """Upgrade a database of some versions ago, killed at step after step; it ends as if never killed."""
    server.manage("edition", "print")
    # What was published before is not to come into the reading.
    server.wait_until(lambda: set(editions_served(server).values()) == {editions(server)})
    before = as_they_are(server)
    with reading(server.url, PATHS, readers=1) as told:
        for app, name in OLDER.items():
            server.manage("migrate", "-v0", app, name)
        control = {**server.environ, "DATABASE_URL": copied(server, database)}
        assert upgraded(control, 0) == 0
        deaths, step = 0, 1
        while (status := upgraded(server.environ, step)) != 0:
            assert status == -signal.SIGKILL, status
            deaths, step = deaths + 1, step + STEP
    different = list(differences(state(server.environ), state(control)))
    wrong = sum((status, body) != before[path] for _, _, path, status, body in told)
    for each in different:
        say(each)
    say(
        f"Migrations of {len(OLDER)} apps killed {deaths} times and begun again: the same database as without ({met(not different)}), "
        f"{len(told)} reads meanwhile, {wrong} wrong ({met(not wrong)})"
    )


def differences(one, other):
    """Yield a line for each part of the shape, and each table but WRITTEN, that is not the same."""
    for shapes in zip(one[0], other[0], strict=True):
        yield from (f"The shape: {line}" for line in set(shapes[0]) ^ set(shapes[1]))
    for name in (one[1].keys() | other[1].keys()) - WRITTEN:
        if one[1].get(name) != other[1].get(name):
            yield f"The rows of {name}"


def upgraded(environ, step):
    command = [sys.executable, "-m", "tests.faults.upgrades", str(step)]
    environ = {**environ, "DJANGO_SETTINGS_MODULE": "config.settings"}
    return subprocess.run(command, cwd=ROOT, env=environ).returncode


def state(environ):
    command = [sys.executable, "-m", "tests.faults.upgrades", "state"]
    environ = {**environ, "DJANGO_SETTINGS_MODULE": "config.settings"}
    done = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, check=True)
    return json.loads(done.stdout)


def copied(server, database):
    """Return the address of a copy of a site's database as it is now."""
    if database is None:
        copy = server.data_dir / "control.sqlite3"
        with (
            closing(sqlite3.connect(sqlite_file(server))) as here,
            closing(sqlite3.connect(copy)) as there,
        ):
            here.backup(there)
        return f"sqlite:///{copy}"
    end = time.monotonic() + 30
    while True:
        try:
            # Only while nobody else looks into it.
            database.sql("CREATE DATABASE control TEMPLATE faults")
            return database.url("control")
        except psycopg.errors.ObjectInUse:
            if time.monotonic() > end:
                raise
