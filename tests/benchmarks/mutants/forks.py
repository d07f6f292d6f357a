"""Tests run against a module with a fault in it, in forked processes: nothing on disk changes.

A fault within a function is put into a process that has collected the tests and made their
database already: it costs what the tests cost up to the first that fails. What a module does while
it is imported, and what nobody noticed so, is tried again in a process that imports it anew.
"""

import gc
import importlib
import importlib.machinery
import os
import resource
import shutil
import signal
import sys
import tempfile
import time
import traceback
import types
from inspect import CO_OPTIMIZED
from itertools import zip_longest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
LOG = Path(tempfile.gettempdir()) / f"mutant-{os.getpid()}.log"
# For all tests of one fault: of processor time, and four times as long by the clock.
SECONDS = 300
QUICK = "not browser and not server and not postgresql and not slow"
# A test that hangs is ended; on a busy machine others must not be: it would count as noticed.
OPTIONS = ["-x", "-v", "-s", "-p", "no:cacheprovider", "--timeout", "240", "-m", QUICK]
# Read once for all; nothing of ours, and nothing that asks for the settings.
AHEAD = ("pytest", "django.test", "django.db.models", "django.http", "uvicorn", "PIL")


class Failing(Exception):
    """Without a fault the tests fail already."""


def unnoticed(path, right, trees, tests):
    """Try modules with a fault, and return the places of those with which every test passes.

    `path` is the module's in the project, `right` its syntax tree, `trees` those with a fault,
    and `tests` names files such as "safety/test_leaving". Raises Failing.
    """
    for name in AHEAD:
        importlib.import_module(name)
    reading, writing = os.pipe()
    quick = fork(lambda: collected(path, right, trees, tests, writing))
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        passed = list(pipe.read())
    if waited(quick) or passed[:1] != [1]:
        # The next module's tests write to the log anew.
        kept = LOG.replace(LOG.with_name(f"{LOG.stem}-{path.replace('/', '-')}.log"))
        raise Failing(f"Without a fault in {path} its tests fail already: see {kept}")
    again = [n for n, one in enumerate(passed[1:]) if one]
    return [n for n in again if not waited(fork(lambda n=n: imported(path, trees[n], tests)))]


def fork(work):
    """Run in a child; its exit is what the work returns, or 1 if it raises."""
    child = os.fork()
    if child == 0:
        # Nothing that is raised may bring it back into what its parent was doing.
        code = 1
        try:
            code = work()
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(code)
    return child


def waited(child, seconds=None):
    """Return how a child ended; one that is not done in time is killed, and did not pass."""
    end = time.monotonic() + (seconds or 24 * 3600)
    while True:
        pid, status = os.waitpid(child, os.WNOHANG)
        if pid:
            return os.waitstatus_to_exitcode(status)
        if time.monotonic() > end:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            return 1
        time.sleep(0.02)


def imported(path, tree, tests):
    """Run the tests in this process, which imports the module with the fault."""
    put_in(path, tree)
    return run(tests)


def collected(path, right, trees, tests, writing):
    """Collect the tests, and write 1 for each module with which they pass; first the right one."""
    codes = [functions(path, tree) for tree in (right, *trees)]
    return run(tests, [Loop(codes, writing)])


def run(tests, plugins=()):
    import pytest

    out = os.open(LOG, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(out, 1)
    os.dup2(out, 2)
    files = [f"{ROOT}/tests/{name}.py" for name in tests]
    if not plugins:
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    code = int(pytest.main([*OPTIONS, *files], list(plugins)))
    if environment := sys.modules.get("tests.environment"):
        # What is written there meanwhile, by a thread that goes on, is no fault.
        shutil.rmtree(environment.data.name, ignore_errors=True)
    return code


class Loop:
    """pytest's loop over the tests, once for each fault, in a child each."""

    def __init__(self, codes, writing):
        self.codes, self.writing = codes, writing

    def pytest_runtestloop(self, session):
        # Most faults are noticed by the short ones.
        session.items.sort(key=lambda item: "long" in item.keywords)
        # The database and all that lasts for the run is made by the first test that asks for it.
        asks = (item for item in session.items[1:] if "django_db_setup" in item.fixturenames)
        if asking := next(asks, None):
            one(session, asking, session.items[0])
        right = self.codes[0]
        for codes in self.codes:
            # What is not within a function passes for now, and is tried by importing it.
            new = pairs(right, codes)
            passed = new is None or not waited(
                fork(lambda new=new: looped(session, new)), 4 * SECONDS
            )
            os.write(self.writing, bytes([passed]))
        # And again without: one that was killed has left nothing behind.
        if waited(fork(lambda: looped(session, {}))):
            session.testsfailed += 1
        return True


def looped(session, new):
    """Put functions in, run all tests up to the first that fails, and say whether one did."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    for found in gc.get_objects():
        if type(found) is types.FunctionType and found.__code__ in new:
            found.__code__ = new[found.__code__]
    for item, following in zip_longest(session.items, session.items[1:]):
        one(session, item, following)
        if session.testsfailed:
            return 1
    return 0


def pairs(right, codes):
    """Return right code -> its like with a fault, or None if what is around them differs."""
    return {right[place]: codes[place] for place in right} if set(codes) == set(right) else None


def one(session, item, following):
    item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)


def functions(path, tree):
    """Return the code of every function outside another: place -> code. And what is around them."""
    found = {}
    around = emptied(compile(tree, str(ROOT / path), "exec"), found, ())
    return {("around", around): around, **found}


def emptied(code, found, place):
    """Return code without its functions, which are added to `found`."""
    inner = []
    for n, part in enumerate(code.co_consts):
        if isinstance(part, types.CodeType):
            if part.co_flags & CO_OPTIMIZED and not part.co_name.startswith("<"):
                found[(*place, n)] = part
                part = None
            else:
                part = emptied(part, found, (*place, n))
        inner.append(part)
    return code.replace(co_consts=tuple(inner))


def put_in(path, tree):
    """Have this module's code come from the tree, wherever it is imported from now on."""
    loader = importlib.machinery.SourceFileLoader
    get_code, place = loader.get_code, str(ROOT / path)

    def changed(self, fullname):
        if self.path == place:
            return compile(tree, place, "exec")
        return get_code(self, fullname)

    loader.get_code = changed
