from . import routes, services  # noqa: F401
