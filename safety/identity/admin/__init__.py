from . import looks, notices, owners  # noqa: F401
