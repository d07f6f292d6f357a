"""What must be whole is whole, and two at one moment do no harm, on both databases."""

import json
import os
import subprocess
import sys

import pytest

from ..postgresql import patient
from ..server import ROOT

pytestmark = pytest.mark.slow

WHOLE = (
    "publishing_a_page",
    "withdrawing_a_page",
    "going_back_to_a_release",
    "discarding_changes",
    "cancelling_a_release",
    "loading_a_page",
    "answering_on_a_full_day",
    "agreeing_a_number",
    "taking_a_service_off",
    "claiming_less",
    "recording_a_check",
    "moving_a_release",
    "copying_a_page",
    "agreeing_a_site_to_link_to",
    "taking_a_site_to_link_to_off",
    "agreeing_who_runs_the_site",
    "taking_who_runs_the_site_off",
    "putting_a_look_in_force",
    "saying_something_urgent",
    "agreeing_areas_and_groups",
    "giving_new_recovery_codes",
    "setting_up_another_app",
    "taking_an_app_off",
    "loading_what_is_asked",
)
AT_ONCE = (
    "a_print_has_one_view_for_as_long_as_it_takes",
    "two_publish_one_page",
    "two_save_one_page",
    "two_agree_one_number",
    "two_ask_for_one_service",
    "two_release_one_service",
    "one_takes_off_and_one_says_less",
    "one_takes_off_and_one_records_a_check",
    "two_take_off_two_routes",
    "one_takes_off_and_one_agrees",
    "one_agrees_and_one_takes_off",
    "one_takes_off_while_one_agrees",
    "one_drops_and_one_agrees",
    "one_says_less_and_one_takes_in_a_file",
    "one_takes_off_and_one_asks",
    "two_keepers_at_one_form",
    "one_takes_off_and_one_saves_the_form",
    "two_add_one_account",
    "two_add_one_organisation",
    "two_add_one_page",
    "two_start_next_years_campaign",
    "two_managers_switch_each_other_off",
    "one_has_a_new_password_and_one_saves_their_account",
    "one_is_switched_off_and_has_a_new_password",
    "two_go_back_to_one_release",
    "one_saves_words_and_one_goes_back",
    "two_move_one_release",
    "two_settle_one_change",
    "two_ask_who_runs_the_site",
    "two_ask_for_one_site",
    "one_takes_a_site_off_and_one_agrees",
    "one_agrees_a_site_and_one_takes_it_off",
    "one_code_twice",
    "one_recovery_code_twice",
    "one_app_twice",
    "two_changes_are_two",
    "the_first_two_answers_of_a_day",
    "twenty_try_one_name_at_once",
)
RANDOM = ("random_people_in_any_order",)


@pytest.fixture(
    scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]
)
def went_wrong(request, tmp_path_factory):
    """Return scenario -> what went wrong with it, in a database made for those that are tried."""
    cases = [item.callspec.params for item in request.session.items if item.path == request.path]
    tried = [case["scenario"] for case in cases if case["went_wrong"] == request.param]
    folder = tmp_path_factory.mktemp("transactions")
    url = f"sqlite:///{folder / 'site.sqlite3'}"
    if request.param == "postgresql":
        postgresql = request.getfixturevalue("postgresql")
        postgresql.sql("DROP DATABASE IF EXISTS transactions")
        postgresql.sql("CREATE DATABASE transactions")
        url = patient(postgresql.url("transactions"))
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.scenarios", "prepare", *tried],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": url, "DATA_DIR": str(folder)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["prepare"] == ""
    return found


@pytest.mark.half
@pytest.mark.parametrize("scenario", WHOLE)
def test_a_change_is_made_whole_or_not_at_all(went_wrong, scenario):
    assert went_wrong[scenario] == ""


@pytest.mark.parametrize("scenario", AT_ONCE)
def test_two_at_one_moment_do_no_harm(went_wrong, scenario):
    assert went_wrong[scenario] == ""


@pytest.mark.half
@pytest.mark.parametrize("scenario", RANDOM)
def test_readers_have_what_two_people_typed_and_one_can_take_it_off(went_wrong, scenario):
    assert went_wrong[scenario] == ""
