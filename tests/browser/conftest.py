import shutil

import pytest

from . import pages

QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    # Chromium asks its maker's hosts by itself; tests for leaks must see only our page.
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Debian's Chromium, which bin/test finds or installs."""
    chromium = shutil.which("chromium")
    return {**browser_type_launch_args, "executable_path": chromium, "args": QUIET}


@pytest.fixture(scope="session")
def base_url(site):
    """Tests say page.goto("/help/") and mean the real site."""
    return site


@pytest.fixture(scope="session")
def addresses(server):
    """The path of every page of the site, listed or not."""
    return pages.addresses(server)
