"""The releases of the register: what readers have of it, and the only way into print."""

from .document import freeze
from .in_force import alarms, few_are_right, in_force, printed
from .making import make, make_all

__all__ = ["alarms", "few_are_right", "freeze", "in_force", "make", "make_all", "printed"]
