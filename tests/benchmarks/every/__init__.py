"""All of what bin/test tries a seeded part of, on SQLite and PostgreSQL; about half an hour."""

import os
import subprocess
import sys

# Every spelling of a contact in every field, a thousand changed digits, and random people.
TESTS = [
    ["tests/signposting/releases/test_spellings.py", "tests/awareness/test_spellings.py"],
    ["tests/signposting/releases/test_mutations.py", "tests/publishing/test_mutations.py"],
    ["tests/faults/test_transactions.py", "-k", "two_people_typed"],
]
PEOPLE = 200


def run(*chosen):
    """Run them with pytest; return the number of those that failed. `chosen` are words of names."""
    failed = 0
    for test in TESTS:
        if chosen and not any(word in test[0] for word in chosen):
            continue
        command = [sys.executable, "-m", "pytest", "-q", "-n0", "--every", *test]
        environ = {**os.environ, "RANDOM_PEOPLE": str(PEOPLE)}
        failed += subprocess.run(command, env=environ).returncode != 0
    return failed
