"""How many small faults in the modules that guard readers the tests notice: a seeded sample."""

import ast
import random
import sys
import time
import tomllib
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
DOOR = [
    f"publishing/serving/test_{name}" for name in ("door", "protocol", "memory", "second_looks")
]
HOURS = [f"signposting/opening_hours/test_{name}" for name in ("tables", "hours")]
RELEASES = "signposting/releases/test_"
SECOND_LINES = f"{RELEASES}second_lines"
TWO = [SECOND_LINES, f"{RELEASES}two_people", f"{RELEASES}releases"]
LOGINS = [f"safety/accounts/test_{name}" for name in ("tries", "logins", "attack")]
COOKIES = ["cookies/test_state", "cookies/test_save"]
CLOCKS, MODELS = "faults/test_clocks", "test_repository"
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
    "signposting/releases/asking.py": TWO,
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
    "publishing/serving/loaded_edition.py": [*LOADER, *DOOR],
    "publishing/serving/responses.py": DOOR,
    "publishing/serving/door.py": DOOR,
    "publishing/serving/protocol.py": ["publishing/serving/test_protocol_limits", *DOOR],
    "publishing/serving/deadlines.py": ["publishing/serving/test_protocol_limits", *DOOR],
}


def run(*chosen):
    """Print how many were noticed, and each that was not; with its reason, where it has one."""
    noticed, made, failing = 0, 0, []
    for path, names in MODULES.items():
        if chosen and path not in chosen:
            continue
        source = (forks.ROOT / path).read_text()
        found = list(faults(source))
        sample = random.Random(f"{SEED} {path}").sample(found, min(SAMPLE, len(found)))
        began = time.monotonic()
        trees = [fault[3] for fault in sample]
        try:
            unnoticed = forks.unnoticed(path, ast.parse(source), trees, names)
        except forks.Failing as problem:
            # Nothing is known of this module; of the others it can be.
            failing.append(path)
            say(str(problem))
            continue
        survived = [sample[n] for n in unnoticed]
        noticed, made = noticed + len(sample) - len(survived), made + len(sample)
        seconds = time.monotonic() - began
        say(f"{path}: {len(sample) - len(survived)} of {len(sample)} noticed, {seconds:.0f} s")
        for line, was, now, _ in sorted(survived, key=lambda fault: fault[0]):
            reason = REASONS.get(path, {}).get(f"{was} -> {now}", "a test is missing")
            say(f"  {line}: {was} -> {now}\n      {reason}")
    say(f"Of {made} faults {noticed} were noticed: {noticed / max(made, 1):.0%}.")
    if failing:
        sys.exit(f"Not tried: {', '.join(failing)}.")
    if noticed < ENOUGH * made:
        sys.exit(f"Fewer than {ENOUGH:.0%}.")


def say(words):
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()
