"""How files of tests are handed to processes: as pytest-xdist's loadfile does, and on after a death.

A process that ends in the middle of a file leaves the rest of it to another. With pytest-xdist
3.8.0 that one waits for ever (its issues 1323 and 1327, mended and not yet released), and a file
sent to a process that has ended a moment ago, or has not yet said which tests it found, ends all.
Before there are files to hand out, a process that hangs while it imports them is ended.
"""

import contextlib
import faulthandler
import os

import pytest
from xdist.scheduler import LoadFileScheduling

# As it is before pytest keeps what is written there.
STDERR = os.dup(2)


def pytest_xdist_make_scheduler(config, log):
    return Files(config, log) if config.getoption("dist") == "loadfile" else None


@pytest.hookimpl(wrapper=True)
def pytest_collection(session):
    """End a process that hangs while it imports the tests, with the place: no test's limit counts yet."""
    faulthandler.dump_traceback_later(
        float(session.config.getini("timeout")), exit=True, file=STDERR
    )
    try:
        return (yield)
    finally:
        faulthandler.cancel_dump_traceback_later()


class Files(LoadFileScheduling):
    def _assign_work_unit(self, node):
        """Send a file to a process that has found its tests; of one that has ended we hear next."""
        if node in self.registered_collections:
            with contextlib.suppress(OSError):
                super()._assign_work_unit(node)

    def remove_node(self, node):
        """Hand out what a process has left; return the test in which it ended, or None."""
        files = self.assigned_work.pop(node)
        left = [test for tests in files.values() for test, is_done in tests.items() if not is_done]
        if not left:
            return None
        files[self._split_scope(left[0])][left[0]] = True
        self.workqueue.update(
            {file: tests for file, tests in files.items() if not all(tests.values())}
        )
        for other in self.nodes:
            self._reschedule(other)
        return left[0]

    def schedule(self):
        """Let no process wait: it begins a test once it knows which is next, or that none is."""
        super().schedule()
        for node in self.nodes:
            self._reschedule(node)
