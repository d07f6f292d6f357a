import os
import shutil

import pytest
from playwright.sync_api import expect

from .. import environment
from . import pages

# As long as anything else in the browser may take: a page of the admin that prints before it
# answers takes more than five seconds on a busy machine.
expect.set_options(timeout=30_000)

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


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """End the process after a test that hung: Playwright would be broken for all that follow.

    The place is printed first. Side by side, another process then takes the next files.
    """
    report = yield
    if call.excinfo and str(call.excinfo.value).startswith("Timeout (>"):
        os.write(environment.stderr, f"\n{item.nodeid}\n{report.longreprtext}\n".encode())
        os._exit(1)
    return report
