"""The first page of the newsroom: what each app has to say on it. Apps register, as for an edition.

Each has a desk module, imported when Django starts. Every function is asked with the request of
whoever looks and the aware moment, says only what they may see, and asks the database the
same number of times however many rows there are.
"""

from .parts import Event, Row, Urgency, some
from .sources import DeskSource, gathered, register

__all__ = ["DeskSource", "Event", "Row", "Urgency", "gathered", "register", "some"]
