"""Who is at work: whoever made the request that is being answered, if anybody did."""

from contextlib import contextmanager
from contextvars import ContextVar

_request = ContextVar("request", default=None)


def user():
    """Return who is logged in at the newsroom now, or None: a command, a reader, a stranger."""
    request = _request.get()
    found = getattr(request, "user", None)
    return found if found is not None and found.is_authenticated else None


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
        if not request.path_info.startswith("/admin/"):
            return get_response(request)
        with at_work(request):
            return get_response(request)

    return answer
