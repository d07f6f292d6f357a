"""Publishing among ten thousand pages: reported, and no aim but that a request costs the same."""

from . import publish


def run():
    publish.run(counts=(10_000,), times=2)
