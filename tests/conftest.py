import os
import tempfile
from pathlib import Path
from unittest.mock import patch
from zlib import crc32

import hypothesis
import pytest
from django.conf import settings
from django.dispatch import receiver
from django.test import override_settings
from django.test.signals import setting_changed

from .content import CHECKS_HOLD
from .neutral import NeutralSite
from .postgresql import Given, Postgresql, programs
from .server import Server

# The same examples for everybody, and no limit of time for one: a busy machine is no fault.
hypothesis.settings.load_profile("ci")


@receiver(setting_changed)
def make_another_handler(**changed):
    """What prints keeps Django's handler for as long as the settings are the same."""
    from publishing.printing import render

    render.handler.cache_clear()


@pytest.fixture(scope="session")
def neutral():
    """The site that readers leave to, on this machine: see tests/neutral.py."""
    site = NeutralSite()
    yield site
    site.close()


@pytest.fixture(scope="session", autouse=True)
def shared_beginning(tmp_path_factory):
    """What every real site of a run begins with is made once, also for processes side by side."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    Server.shared = folder / "shared"
    Server.shared.mkdir(exist_ok=True)


@pytest.fixture(scope="session")
def server(tmp_path_factory, neutral):
    """The real site, as bin/run serves it, for the whole run: see tests/server.py.

    It is shared: whoever changes what it says puts it back, or starts a Server of their own.
    """
    server = Server(tmp_path_factory.mktemp("site"), EXIT_URL=neutral.url)
    try:
        yield server.start()
    finally:
        server.close()


@pytest.fixture(scope="session")
def site(server):
    """The address of the real site, such as http://127.0.0.1:41234."""
    return server.url


@pytest.fixture(scope="session", autouse=True)
def checks_hold():
    """No check of the launch content is overdue, on whatever day the tests run."""
    with patch("signposting.content.CHECK_EVERY", CHECKS_HOLD):
        yield


@pytest.fixture(scope="session", autouse=True)
def settings_of_tests():
    """Pages rendered inside the tests name static files as they are: nothing is collected.

    And passwords are hashed fast; what takes its time on purpose is Django's to test.
    """
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(
        STORAGES={**settings.STORAGES, "staticfiles": plain},
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    ):
        yield


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory):
    """A PostgreSQL server: at TEST_DATABASE_URL, or one of our own; see tests/postgresql.py."""
    if given := os.environ.get("TEST_DATABASE_URL"):
        yield Given(given)
        return
    if not programs():
        pytest.skip("no PostgreSQL here: install Debian's, or set TEST_DATABASE_URL")
    # PostgreSQL's own user must be able to reach the folder; pytest's is closed to it.
    with tempfile.TemporaryDirectory(prefix="site-postgresql-") as folder:
        Path(folder).chmod(0o755)
        server = Postgresql(Path(folder) / "server")
        try:
            server.start()
            yield server
        finally:
            server.stop()


def pytest_addoption(parser):
    parser.addoption(
        "--database",
        choices=("part", "all"),
        help="only what asks the database: all, or a quarter of it with its first values, of long ones some",
    )
    parser.addoption("--every", action="store_true", help="all of what has a seeded part here")
    parser.addoption("--piece", default="1/1", help="with --every: one piece of it, such as 2/5")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    """Browser tests come last: Playwright keeps an event loop running in the main thread.

    Nothing after it could use the database or start a loop of its own. Side by side, files are
    handed out in this order too: the newsroom's, which take longest, are not left to the end.
    """
    items.sort(key=lambda item: ("browser" in item.keywords, "staff" not in item.path.parts))
    if not config.getoption("--every"):
        others = list(other_halves(items))
        items[:] = [item for item in items if item not in others]
        config.hook.pytest_deselected(items=others)
    if config.getoption("--database"):
        kept = [item for item in items if asks_the_database(item)]
        if config.getoption("--database") == "part":
            # What is tried with many values asks the database the same with the first of them.
            kept = list({name(item): item for item in reversed(kept)}.values())
            kept = [item for item in reversed(kept) if is_chosen(item)]
        others = set(items) - set(kept)
        items[:] = kept
        config.hook.pytest_deselected(items=list(others))


def other_halves(items):
    """Yield the cases of tests marked "half" that only bin/bench every tries.

    By seed each value of a parameter is tried; of three parameters, each two values together.
    """
    found = {}
    for item in items:
        if item.get_closest_marker("half") is None:
            continue
        place = crc32(item.originalname.encode())
        for parameter, value in item.callspec.params.items():
            values = found.setdefault((item.path, item.originalname, parameter), [])
            if value not in values:
                values.append(value)
            place += values.index(value)
        if place % 2:
            yield item


def name(item):
    return item.nodeid.partition("[")[0]


def is_long(item):
    return item.get_closest_marker("long") is not None


def is_chosen(item):
    """Whether this is of the seeded quarter, or of the eighth of those that take long."""
    return crc32(name(item).encode()) % (8 if is_long(item) else 4) == 0


def asks_the_database(item):
    asked = {"db", "transactional_db", "django_db_setup"} & set(item.fixturenames)
    return bool(asked) or item.get_closest_marker("django_db") is not None


@pytest.fixture(scope="session")
def every(request):
    """What to try of all that the test run tries a seeded part of: None, or a piece of it.

    That is (its number from 0, of how many): see bin/bench every.
    """
    if not request.config.getoption("--every"):
        return None
    number, of = map(int, request.config.getoption("--piece").split("/"))
    return number - 1, of
