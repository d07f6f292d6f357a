"""Help while writing: what is hard to read, and what the gate would refuse, block by block."""

from .looking import look

__all__ = ["look"]
