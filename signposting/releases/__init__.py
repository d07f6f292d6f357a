"""The releases of the register: what readers have of it, and the only way into print."""

from .alone import CLOSED_BECAUSE, DOUBTS, claim_less, take_off
from .asking import agree, ask, compare, drop, may_agree, to_type
from .checking import record_check
from .difference import difference, seen, to_ask
from .document import filled, freeze
from .in_force import (
    addresses_off,
    alarms,
    content_of,
    few_are_right,
    in_force,
    kept,
    left_out,
    made_from,
    printed,
    stands_in,
)
from .making import locked, make
from .places import as_written

__all__ = [
    "CLOSED_BECAUSE",
    "DOUBTS",
    "addresses_off",
    "agree",
    "alarms",
    "as_written",
    "ask",
    "claim_less",
    "compare",
    "content_of",
    "difference",
    "drop",
    "few_are_right",
    "filled",
    "freeze",
    "in_force",
    "kept",
    "left_out",
    "locked",
    "made_from",
    "make",
    "may_agree",
    "printed",
    "record_check",
    "seen",
    "stands_in",
    "take_off",
    "to_ask",
    "to_type",
]
