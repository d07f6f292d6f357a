"""How many small faults in the modules that guard readers the tests notice: a seeded sample."""

import ast
import random
import sys
import time
import tomllib
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path

from . import forks
from .mutations import faults

REASONS = tomllib.loads((Path(__file__).parent / "survivors.toml").read_text())
SEED, SAMPLE, ENOUGH = 10, 10, 0.9
ABOUT = "digits figures parsing facts addresses gate contacts links names page_addresses straight_after_call"
GATE = [f"publishing/gate/test_{name}" for name in ABOUT.split()]
LOADER = [
    "publishing/serving/test_loader",
    *(f"publishing/printing/test_{name}" for name in ("recovery", "taken_off")),
]
SCHEDULE, BESIDE = "publishing/printing/test_schedule", "publishing/backups/test_beside"
DOOR = [
    f"publishing/serving/test_{name}" for name in ("door", "protocol", "memory", "second_looks")
]
HOURS = [f"signposting/opening_hours/test_{name}" for name in ("tables", "hours")]
RELEASES = "signposting/releases/test_"
SECOND_LINES = f"{RELEASES}second_lines"
TWO = [SECOND_LINES, f"{RELEASES}two_people", f"{RELEASES}releases"]
AGREED_HOURS = "signposting/opening_hours/test_agreed_hours"
LOGINS = [f"safety/accounts/test_{name}" for name in ("tries", "logins", "attack")]
COOKIES = ["cookies/test_state", "cookies/test_save"]
CLOCKS, MODELS = "faults/clocks/test_clocks", "test_repository"
# A module, and the files of tests that are about it: their quick tests see the fault.
MODULES = {
    "safety/leaving.py": ["safety/test_leaving", *DOOR],
    "safety/same_origin.py": ["safety/test_same_origin"],
    "safety/headers.py": ["safety/test_headers", *DOOR],
    "safety/accounts/logins.py": LOGINS,
    "safety/accounts/models/tries.py": [*LOGINS, MODELS],
    "safety/accounts/waiting.py": ["safety/accounts/test_waiting"],
    "cookies/state.py": [*COOKIES, CLOCKS],
    "cookies/consent.py": [*COOKIES, CLOCKS],
    "signposting/opening_hours/timetable.py": [*HOURS, CLOCKS],
    "signposting/opening_hours/open_now.py": [*HOURS, CLOCKS],
    "signposting/releases/asking.py": [*TWO, AGREED_HOURS],
    "signposting/releases/alone.py": [f"{RELEASES}alone", SECOND_LINES, f"{RELEASES}taken_off"],
    "signposting/releases/in_force.py": [f"{RELEASES}in_force", SECOND_LINES],
    "signposting/models/releases.py": [MODELS, f"{RELEASES}in_force", SECOND_LINES, TWO[2]],
    "publishing/gate/checks.py": GATE,
    "publishing/gate/parsing.py": GATE,
    "publishing/gate/contacts.py": GATE,
    "publishing/gate/links.py": GATE,
    "publishing/gate/names.py": GATE,
    "publishing/gate/addresses.py": GATE,
    "publishing/gate/facts.py": GATE,
    "publishing/gate/figures.py": GATE,
    "publishing/gate/number_words.py": GATE,
    "publishing/gate/digits.py": GATE,
    "publishing/gate/invisible.py": GATE,
    "publishing/gate/shapes.py": GATE,
    "publishing/printing/editions.py": ["publishing/printing/test_editions", LOADER[1]],
    "publishing/printing/lock.py": ["publishing/printing/test_lock", SCHEDULE],
    "publishing/printing/schedule.py": [SCHEDULE, BESIDE],
    "publishing/backups/beside.py": [BESIDE, LOADER[2]],
    "publishing/serving/loaded_edition.py": [*LOADER, *DOOR],
    "publishing/serving/responses.py": DOOR,
    "publishing/serving/door.py": DOOR,
    "publishing/serving/protocol.py": ["publishing/serving/test_protocol_limits", *DOOR],
    "publishing/serving/deadlines.py": ["publishing/serving/test_protocol_limits", *DOOR],
}


def run(*chosen):
    """Print how many were noticed, and each that was not; with its reason, where it has one.

    A module to each core, in a process that has imported nothing yet.
    """
    noticed, made, failing = 0, 0, []
    paths = [path for path in MODULES if not chosen or path in chosen]
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        for done in as_completed([pool.submit(tried, path) for path in paths]):
            path, faults_made, survived, said = done.result()
            say(said)
            if not faults_made:
                failing.append(path)
            noticed, made = noticed + faults_made - survived, made + faults_made
    say(f"Of {made} faults {noticed} were noticed: {noticed / max(made, 1):.0%}.")
    if failing:
        sys.exit(f"Not tried: {', '.join(failing)}.")
    if noticed < ENOUGH * made:
        sys.exit(f"Fewer than {ENOUGH:.0%}.")


def tried(path):
    """Return a module's path, how many faults were made and survived, and what to say of them.

    None is made where its tests fail without a fault: of the other modules something can be known.
    """
    source = (forks.ROOT / path).read_text()
    found = list(faults(source))
    sample = random.Random(f"{SEED} {path}").sample(found, min(SAMPLE, len(found)))
    # What is named after the module notices most of them.
    names = sorted(MODULES[path], key=lambda name: not name.endswith(f"test_{Path(path).stem}"))
    began = time.monotonic()
    trees = [fault[3] for fault in sample]
    try:
        unnoticed = forks.unnoticed(path, ast.parse(source), trees, names)
    except forks.Failing as problem:
        return path, 0, 0, str(problem)
    survived = [sample[n] for n in unnoticed]
    seconds = time.monotonic() - began
    said = [f"{path}: {len(sample) - len(survived)} of {len(sample)} noticed, {seconds:.0f} s"]
    for line, was, now, _ in sorted(survived, key=lambda fault: fault[0]):
        reason = REASONS.get(path, {}).get(f"{was} -> {now}", "a test is missing")
        said.append(f"  {line}: {was} -> {now}\n      {reason}")
    return path, len(sample), len(survived), "\n".join(said)


def say(words):
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()
