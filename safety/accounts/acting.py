"""Who is at work: whoever made the request that is being answered, if anybody did."""

from contextlib import contextmanager
from contextvars import ContextVar

from publishing.addresses import AddressKind, kind_of

_request = ContextVar("request", default=None)
# Of safety.accounts.sessions: the number of the staff session, in Django's own.
SESSION = "staff_session"


def user():
    """Return who is logged in at the newsroom now, or None: a command, a reader, a stranger."""
    found = getattr(_request.get(), "user", None)
    return found if found is not None and found.is_authenticated else None


def session():
    """Return the number of the staff session in which they are at work, or None."""
    found = getattr(_request.get(), "session", None)
    return found.get(SESSION) if found is not None else None


@contextmanager
def at_work(request):
    """Make `request.user` the one who is at work: looked up only when somebody asks."""
    token = _request.set(request)
    try:
        yield
    finally:
        _request.reset(token)


def middleware(get_response):
    def answer(request):
        if kind_of(request.path_info) is not AddressKind.NEWSROOM:
            return get_response(request)
        with at_work(request):
            return get_response(request)

    return answer
