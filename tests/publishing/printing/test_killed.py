"""Killed with -9 at every step of publishing, a machine serves the old edition or the new."""

import os
import signal
import sys
import traceback
from itertools import count

import pytest

from publishing.printing import editions
from publishing.printing.editions import Item
from publishing.serving.loaded_edition import EditionLoader
from safety.headers import security_headers

from ..builders import make_edition, make_html

STEPS = {"open", "os.mkdir", "os.link", "os.symlink", "os.rename", "os.remove", "os.rmdir"}


def publish(source):
    """Everything that publishing does to the disk, the sweep of an old edition included."""
    style = Item("static", "text/css", source.read_bytes(), link_to=source)
    pages = {"/": make_html("<p>New</p>"), "/help/": make_html("<p>New help</p>")}
    made = make_edition(pages=pages, files={"/static/a.css": style}, parts={"cover": "<p></p>"})
    editions.switch(editions.write(made))
    editions.sweep()


def killed_at(step, work, inside="editions"):
    """Do the work in a child that kills itself before this step. Return whether it got there.

    Steps are those that change or open something in whose path stands `inside`.
    """
    child = os.fork()
    if child == 0:
        left = count(step, -1)

        def hook(event, arguments):
            if event in STEPS and inside in str(arguments[0]) and next(left) == 0:
                os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(hook)
        try:
            work()
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    status = os.waitpid(child, 0)[1]
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, "the work itself failed"
    return os.WIFSIGNALED(status)


@pytest.mark.slow
def test_killed_at_every_step_it_is_old_or_new_and_whole(editions_dir, tmp_path):
    source = tmp_path / "a.css"
    source.write_text("p { color: red }")
    # As many as are kept: the sweep has something to do.
    for _ in range(editions.KEPT):
        editions.switch(editions.write(make_edition(pages={"/help/": make_html("<p>Old</p>")})))

    steps, seen = 0, []
    while killed_at(steps, lambda: publish(source)):
        steps += 1
        loader = EditionLoader(security_headers)
        loader.look()
        assert loader.wrong == []
        bodies = {path: page.body for path, page in loader.served.pages.items()}
        new = b"<p>New</p>" in bodies["/"]
        assert (b"<p>New help</p>" in bodies["/help/"]) == new
        assert loader.served.number == editions.current_number()
        seen.append(new)

    # The hook did its work: many steps, some before the switch and some after.
    assert steps > 20
    assert set(seen) == {False, True}
