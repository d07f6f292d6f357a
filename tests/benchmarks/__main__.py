"""python -m tests.benchmarks [name ...]: see bin/bench."""

import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

BENCHES = (
    "leave",
    "style",
    "speed",
    "visitors",
    "publish",
    "register",
    "consent",
    "slow",
    "accounts",
    "gate",
)
# No measurement of speed, and longer than all the others together: only when asked for.
ALONE = ("every", "faults", "mutants", "ten-thousand")

if __name__ == "__main__":
    from importlib import import_module

    if sys.argv[1:2] and sys.argv[1] in ALONE:
        name = sys.argv[1].replace("-", "_")
        sys.exit(import_module(f"tests.benchmarks.{name}").run(*sys.argv[2:]))
    chosen = sys.argv[1:] or BENCHES
    for name in chosen:
        if name not in BENCHES:
            sys.exit(f"There is no {name}. Choose from: {', '.join((*BENCHES, *ALONE))}.")
    for name in chosen:
        import_module(f"tests.benchmarks.{name}").run()
