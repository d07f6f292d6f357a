from zlib import crc32

import pytest

from ..conftest import forget
from .forms import PageForm, ServiceForm


def pytest_collection_modifyitems(config, items):
    """Try each way to lose words in one form, by seed; with bin/bench every in both."""
    if config.getoption("--every"):
        return
    others = [item for item in items if is_of_the_other_form(item)]
    items[:] = [item for item in items if item not in others]
    config.hook.pytest_deselected(items=others)


def is_of_the_other_form(item):
    form = getattr(item, "callspec", None) and item.callspec.params.get("form")
    forms = [PageForm, ServiceForm]
    return form in forms and form is not forms[crc32(item.originalname.encode()) % 2]


@pytest.fixture
def end_sessions(newsroom):
    """End every log-in, as eight hours would."""
    return lambda: forget(newsroom, "django_session")
