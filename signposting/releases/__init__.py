"""The releases of the register: what readers have of it, and the only way into print."""

from .in_force import in_force, printed
from .making import make

__all__ = ["in_force", "make", "printed"]
