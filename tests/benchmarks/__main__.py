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
    "faults",
    "slow",
    "accounts",
    "gate",
)

if __name__ == "__main__":
    if sys.argv[1:2] == ["mutants"]:
        # No measurement of speed, and long: only when it is asked for.
        from .mutants import run

        sys.exit(run(*sys.argv[2:]))
    if sys.argv[1:2] == ["ten-thousand"]:
        # Longer than all the others together: only when it is asked for.
        from .ten_thousand import run

        sys.exit(run())
    chosen = sys.argv[1:] or BENCHES
    for name in chosen:
        if name not in BENCHES:
            sys.exit(f"There is no {name}. Choose from: {', '.join(BENCHES)}, mutants.")
    from importlib import import_module

    for name in chosen:
        import_module(f"tests.benchmarks.{name}").run()
