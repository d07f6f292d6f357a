"""The restore drill: a machine is lost, and one command on an empty one brings all of it back."""

import pytest

from .drill import lost_and_found

pytestmark = [pytest.mark.server, pytest.mark.slow]

MINUTES = 5


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def databases(request):
    """Two databases, one for each machine: names of the environment."""
    if request.param == "sqlite":
        return {"DATABASE_URL": None}, {"DATABASE_URL": None}
    server = request.getfixturevalue("postgresql")
    for name in ("lost", "found"):
        server.sql(f"DROP DATABASE IF EXISTS {name}")
        server.sql(f"CREATE DATABASE {name}")
    return tuple({"DATABASE_URL": server.url(name)} for name in ("lost", "found"))


def test_a_lost_machine_is_back_within_minutes_with_all_that_was_published_and_taken_off(
    databases, tmp_path
):
    assert lost_and_found(tmp_path, *databases, static=True) < MINUTES * 60
