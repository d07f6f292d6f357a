import os
import shutil
from functools import wraps
from zlib import crc32

import pytest
from playwright.sync_api import Browser, BrowserType, Error, TimeoutError, expect

from .. import environment
from . import pages

# As long as anything in the browser may take, in milliseconds, on a machine that is busy with
# other things. Only what never comes takes so long.
WAIT = 90_000
expect.set_options(timeout=WAIT)

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
    """Debian's Chromium, which bin/test finds or installs: without a window, where there is that.

    It is the same browser; a tab of the whole one costs four times the processor time.
    """
    chromium = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    return {**browser_type_launch_args, "executable_path": chromium, "args": QUIET}


@pytest.fixture(scope="session")
def whole_browser(browser_type_launch_args):
    """What launches the whole Chromium, which keeps pages to go back to, and a profile."""
    return {**browser_type_launch_args, "executable_path": shutil.which("chromium")}


@pytest.fixture(scope="session", autouse=True)
def patience():
    """Whatever opens a context or a page: it waits as long as we do."""

    def patient(make):
        @wraps(make)
        def made(*arguments, **options):
            opened = make(*arguments, **options)
            opened.set_default_timeout(WAIT)
            return opened

        return made

    with pytest.MonkeyPatch.context() as patch:
        for name in ("new_context", "new_page"):
            patch.setattr(Browser, name, patient(getattr(Browser, name)))
        opens = "launch_persistent_context"
        patch.setattr(BrowserType, opens, patient(getattr(BrowserType, opens)))
        yield


@pytest.fixture
def open_profile(browser_type, whole_browser):
    """Open a browser on a folder of its own: open_profile(folder, *arguments, **options).

    Chromium that opens its tabs again sometimes never tells of its first one, above all on a
    busy machine. It is ended then, and opened once more: the folder is as it was.
    """

    def launch(folder, *arguments, **options):
        args = [*whole_browser["args"], *arguments]
        options = {**whole_browser, "args": args, "timeout": WAIT, **options}
        try:
            return browser_type.launch_persistent_context(str(folder), **options)
        except TimeoutError:
            return browser_type.launch_persistent_context(str(folder), **options)

    return launch


@pytest.fixture(scope="session")
def base_url(site):
    """Tests say page.goto("/help/") and mean the real site."""
    return site


@pytest.fixture(scope="session")
def addresses(server):
    """The path of every page of the site, listed or not."""
    return pages.addresses(server)


@pytest.fixture(scope="session")
def different(site, addresses, every):
    """Pages for what takes long: every kind of element of the site is on them; or all of its pages.

    All of them, or a piece of them, with bin/bench every.
    """
    paths = [*addresses, *pages.ERRORS]
    if every:
        number, of = every
        return paths[number::of]
    return pages.different({path: pages.fetch(site + path) for path in paths})


@pytest.fixture(scope="session")
def sample(different, addresses, every):
    """Pages for what each page's own words decide: `different`, and a seeded quarter of the others."""
    paths = [*addresses, *pages.ERRORS]
    return [
        path for path in paths if path in different or not every and crc32(path.encode()) % 4 == 0
    ]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Say what the browser showed when a test failed.

    End the process after one that hung, its place printed first: Playwright would be broken for
    all that follow. Side by side, another process then takes the next files.
    """
    report = yield
    if call.excinfo and str(call.excinfo.value).startswith("Timeout (>"):
        os.write(environment.stderr, f"\n{item.nodeid}\n{report.longreprtext}\n".encode())
        os._exit(1)
    browser = item.funcargs.get("browser")
    if report.when == "call" and report.failed and browser:
        report.sections.append(("pages of the browser", "\n".join(shown(browser))))
    return report


def shown(browser):
    """Yield the address and the beginning of the words of each page that is open."""
    for page in [page for context in browser.contexts for page in context.pages]:
        try:
            yield f"{page.url}\n{page.locator('body').inner_text(timeout=2_000)[:1_000]}"
        except Error as error:
            yield f"{page.url}\n{error}"
