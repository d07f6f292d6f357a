from . import link_hosts, routes, services  # noqa: F401
