from . import feedback, pages  # noqa: F401
