"""What we keep of people who work here, beside Django's own users and groups."""

from .accounts import Account
from .sessions import StaffSession
from .trail import Entry
from .tries import LoginTry, TooManyTriesError

__all__ = ["Account", "Entry", "LoginTry", "StaffSession", "TooManyTriesError"]
