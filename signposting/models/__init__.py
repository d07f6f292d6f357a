"""The register: who can help, how to reach them, when, and how sure we are of it."""

from .checks import Check, NotWorking, NumberChange
from .hours import Closure, ExceptionalDay, WeeklyHours
from .releases import NotAllowedError, Release
from .routes import Route
from .services import Organisation, Service

__all__ = [
    "Check",
    "Closure",
    "ExceptionalDay",
    "NotAllowedError",
    "NotWorking",
    "NumberChange",
    "Organisation",
    "Release",
    "Route",
    "Service",
    "WeeklyHours",
]
