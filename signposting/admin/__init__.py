from . import headings, link_hosts, places, routes, services  # noqa: F401
