"""All of what bin/test tries a seeded part of, on SQLite and PostgreSQL; about an hour and a half.

bin/bench every mutations 2/5 tries the second of five pieces of what has "mutations" in its name:
each piece has a seed of its own, and all of them are the whole.
"""

import os
import re
import subprocess
import sys

# Every spelling of a contact in every field and as it is marked while somebody writes, a thousand
# changed digits, random people, two thousand request heads, twenty thousand cookies, ten thousand
# guesses of a password, every screen for every role, and each change in both databases; and in the
# browser every page in every state, every screen of the newsroom, each way to lose words in both
# forms, and leaving and the choice about cookies in every combination.
TESTS = [
    ["tests/signposting/releases/test_spellings.py", "tests/awareness/test_spellings.py"],
    ["tests/signposting/releases/test_mutations.py", "tests/publishing/test_mutations.py"],
    ["tests/awareness/admin/test_writing.py", "-k", "marked_is_refused or would_say"],
    ["tests/faults/test_transactions.py"],
    ["tests/safety/accounts/test_who_may_open_what.py", "-k", "each_role"],
    ["tests/publishing/test_postgresql.py", "-k", "quick_tests"],
    ["tests/publishing/serving/test_request_heads.py"],
    ["tests/cookies/test_odd.py", "-k", "odd_cookies_change"],
    ["tests/safety/accounts/test_attack.py", "-k", "however_many_guesses"],
    [
        "tests/browser/layout/test_pages_accessibility.py",
        "tests/browser/layout/test_pages_layout.py",
    ],
    ["tests/browser/test_safety_button.py"],
    ["tests/browser/staff/test_newsroom_screens.py"],
    ["tests/browser/staff/drafts/test_both_forms.py"],
    ["tests/browser/test_cookies_journey.py", "tests/browser/test_safety_exit.py"],
]
PEOPLE = 200
# What takes ten minutes hangs in bin/test; all of it takes longer.
PATIENCE = ["--timeout", "7200", "-o", "faulthandler_timeout=7200"]
PIECE = re.compile(r"[1-9]\d*/[1-9]\d*")


def run(*chosen):
    """Run them with pytest; return the number of those that failed.

    `chosen` are words of names of files, and at most one piece such as "2/5".
    """
    piece = next(filter(PIECE.fullmatch, chosen), "1/1")
    words = [word for word in chosen if not PIECE.fullmatch(word)]
    number, of = map(int, piece.split("/"))
    people = {"RANDOM_PEOPLE": str(PEOPLE // of), "RANDOM_SEED": str(number)}
    failed = 0
    for test in TESTS:
        if words and not any(word in name for word in words for name in test):
            continue
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-n0",
            "--every",
            "--piece",
            piece,
            *PATIENCE,
            *test,
        ]
        environ = {**os.environ, **people, "RANDOM_EVERY": "1"}
        failed += subprocess.run(command, env=environ).returncode != 0
    return failed
