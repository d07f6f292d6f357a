"""The register: who can help, how to reach them, when, and how sure we are of it."""

from .checks import Check, NotWorking
from .headings import HeadingsRelease
from .hours import Closure, ExceptionalDay, WeeklyHours
from .link_hosts import LinkHost
from .places import Area, Need
from .releases import NotAllowedError, Release, ReleaseRequest
from .routes import Route
from .services import Organisation, Service

__all__ = [
    "Area",
    "Check",
    "Closure",
    "ExceptionalDay",
    "HeadingsRelease",
    "LinkHost",
    "Need",
    "NotAllowedError",
    "NotWorking",
    "Organisation",
    "Release",
    "ReleaseRequest",
    "Route",
    "Service",
    "WeeklyHours",
]
