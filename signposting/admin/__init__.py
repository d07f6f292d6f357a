from . import link_hosts, places, routes, services  # noqa: F401
