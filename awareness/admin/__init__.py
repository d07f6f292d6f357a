from . import pages  # noqa: F401
