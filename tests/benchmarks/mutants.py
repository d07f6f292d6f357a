"""How many small faults in the modules that guard readers the tests notice: a seeded sample."""

import ast
import importlib
import importlib.machinery
import os
import random
import resource
import signal
import sys
import tempfile
import time
import tomllib
from pathlib import Path

from .mutations import faults

ROOT = Path(__file__).resolve().parents[2]
REASONS = tomllib.loads((Path(__file__).parent / "survivors.toml").read_text())
LOG = Path(tempfile.gettempdir()) / "mutant.log"
SEED, SAMPLE, ENOUGH, SECONDS = 10, 8, 0.9, 300
# A module, and the files of tests that are about it: their quick tests see the fault.
MODULES = {
    "safety/leaving.py": ["safety/test_leaving", "publishing/test_door"],
    "safety/same_origin.py": ["safety/test_same_origin"],
    "safety/headers.py": ["safety/test_headers", "publishing/test_door"],
    "safety/accounts/logins.py": ["safety/accounts/test_logins", "safety/accounts/test_attack"],
    "safety/accounts/models/tries.py": [
        "safety/accounts/test_logins",
        "safety/accounts/test_attack",
    ],
    "safety/accounts/waiting.py": ["safety/accounts/test_waiting", "signposting/test_two_people"],
    "cookies/state.py": ["cookies/test_state", "cookies/test_save"],
    "cookies/consent.py": ["cookies/test_save", "cookies/test_state", "faults/test_clocks"],
    "signposting/opening_hours/timetable.py": ["signposting/test_hours", "faults/test_clocks"],
    "signposting/opening_hours/open_now.py": ["signposting/test_hours", "faults/test_clocks"],
    "signposting/releases/asking.py": ["signposting/test_two_people", "signposting/test_admin"],
    "signposting/releases/alone.py": ["signposting/test_two_people", "signposting/test_admin"],
    "publishing/gate/checks.py": ["publishing/test_gate", "publishing/test_contacts"],
    "publishing/gate/parsing.py": ["publishing/test_gate", "publishing/test_contacts"],
    "publishing/printing/editions.py": ["publishing/test_editions", "publishing/test_recovery"],
    "publishing/serving/loaded_edition.py": ["publishing/test_recovery", "publishing/test_door"],
    "publishing/serving/responses.py": ["publishing/test_door", "publishing/test_protocol"],
    "publishing/serving/door.py": ["publishing/test_door", "publishing/test_protocol"],
    "publishing/serving/protocol.py": ["publishing/test_protocol", "publishing/test_door"],
}
QUICK = "not browser and not server and not postgresql and not slow"
# Read once for all; nothing of ours, and nothing that asks for the settings.
AHEAD = ("pytest", "django.test", "django.db.models", "django.http", "uvicorn", "PIL")


def run(*chosen):
    """Print how many were noticed, and each that was not; with its reason, where it has one."""
    for name in AHEAD:
        importlib.import_module(name)
    noticed, made = 0, 0
    for path, tests in MODULES.items():
        if chosen and path not in chosen:
            continue
        source = (ROOT / path).read_text()
        if not is_unnoticed(path, ast.parse(source), tests):
            sys.exit(f"Without a fault in {path} its tests fail already: see {LOG}")
        found = list(faults(source))
        sample = random.Random(f"{SEED} {path}").sample(found, min(SAMPLE, len(found)))
        began = time.monotonic()
        survived = [fault for fault in sample if is_unnoticed(path, fault[3], tests)]
        noticed, made = noticed + len(sample) - len(survived), made + len(sample)
        seconds = time.monotonic() - began
        say(f"{path}: {len(sample) - len(survived)} of {len(sample)} noticed, {seconds:.0f} s")
        for line, was, now, _ in sorted(survived, key=lambda fault: fault[0]):
            reason = REASONS.get(path, {}).get(f"{was} -> {now}", "a test is missing")
            say(f"  {line}: {was} -> {now}\n      {reason}")
    say(f"Of {made} faults {noticed} were noticed: {noticed / made:.0%}.")
    if noticed < ENOUGH * made:
        sys.exit(f"Fewer than {ENOUGH:.0%}.")


def say(words):
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def is_unnoticed(path, tree, tests):
    """Run tests in a child that has this module for its own, and say whether all passed."""
    child = os.fork()
    if child == 0:
        os._exit(in_the_child(path, tree, tests))
    end = time.monotonic() + SECONDS
    while True:
        pid, status = os.waitpid(child, os.WNOHANG)
        if pid:
            return os.waitstatus_to_exitcode(status) == 0
        if time.monotonic() > end:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            return False
        time.sleep(0.05)


def in_the_child(path, tree, tests):
    out = os.open(LOG, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(out, 1)
    os.dup2(out, 2)
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    put_in(path, tree)
    import pytest

    options = ["-x", "-q", "-p", "no:cacheprovider", "--timeout", "60", "-m", QUICK]
    code = int(pytest.main([*options, *(f"tests/{name}.py" for name in tests)]))
    if environment := sys.modules.get("tests.environment"):
        environment.data.cleanup()
    return code


def put_in(path, tree):
    """Have this module's code come from the tree, wherever it is imported from now on."""
    loader = importlib.machinery.SourceFileLoader
    get_code, place = loader.get_code, str(ROOT / path)

    def changed(self, fullname):
        if self.path == place:
            return compile(tree, place, "exec")
        return get_code(self, fullname)

    loader.get_code = changed
