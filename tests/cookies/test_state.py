import pytest

from cookies import preferences, registry
from cookies.state import ASK, GPC, SET, State, address, every_state, flag, flag_of_error, read

from .odd import odd_values

ASK_KEY = State(ASK).key
AGREED = "2026-11-26T00:00:00+00:00"


def header(value, *more):
    return "; ".join([f"cookie_consent={value}", *more]).encode("latin-1")


def value(preferences, statistics, policy=registry.POLICY):
    return f"policy={policy}|preferences={preferences}|statistics={statistics}"


@pytest.mark.parametrize(
    ("preferences", "statistics", "groups"),
    [
        ("-1", "-1", ()),
        (AGREED, "-1", ("preferences",)),
        ("-1", AGREED, ("statistics",)),
        (AGREED, AGREED, ("preferences", "statistics")),
    ],
)
def test_an_answer_is_read_quoted_or_not(preferences, statistics, groups):
    for sent in (value(preferences, statistics), f'"{value(preferences, statistics)}"'):
        state = read(header(sent, "other=1"), b"", "")
        assert (state.answer, state.groups) == (SET, groups)


@pytest.mark.parametrize(
    "odd",
    [
        "",
        '"',
        '""',
        "true",
        "zzz",
        f"preferences={AGREED}|statistics={AGREED}",
        value(AGREED, AGREED, policy=registry.POLICY - 1),
        value(AGREED, AGREED, policy=registry.POLICY + 1),
        value(AGREED, "true"),
        value(AGREED, "zzz"),
        value(AGREED, "9"),
        value(AGREED, ""),
        value(AGREED, "-2"),
        value(AGREED, "2099-01-01T00:00:00+00:00"),
        value(AGREED, "2020-01-01T00:00:00+00:00"),
        value(AGREED, AGREED) + "|marketing=" + AGREED,
        value(AGREED, AGREED) + f"|statistics={AGREED}",
        f"statistics={AGREED}|preferences={AGREED}|policy={registry.POLICY}",
        value(AGREED, AGREED) + "\v",
        value(AGREED, AGREED).upper(),
        value(AGREED, AGREED) + "a" * 4096,
        f"naïve={AGREED}|" + value(AGREED, AGREED),
        r"\"" + value(AGREED, AGREED) + r"\"",
        value(AGREED, AGREED).replace("=", r"\075"),
    ],
)
def test_anything_else_means_not_asked(odd):
    state = read(f"cookie_consent={odd}".encode(), b"", "saved")
    assert (state.answer, state.groups, state.flag) == (ASK, (), "")


def test_two_cookies_of_one_name_mean_not_asked():
    both = header(value(AGREED, AGREED), header(value("-1", "-1")).decode())
    assert read(both, b"", "").answer == ASK


def test_twenty_thousand_odd_values_agree_to_nothing():
    for value in odd_values():
        assert read(b"cookie_consent=" + value, b"", "saved").key == ASK_KEY, value


def test_the_browsers_signal_is_heard_until_the_reader_chooses():
    assert read(b"", b"1", "").answer == GPC
    assert read(b"", b"0", "").answer == ASK
    assert read(header(value(AGREED, AGREED)), b"1", "").groups == registry.SLUGS
    assert read(header(value("-1", "-1")), b"1", "").answer == SET


def test_a_crafted_link_cannot_claim_that_something_was_saved():
    assert read(b"", b"", "saved").flag == ""
    assert read(header(value("-1", "-1")), b"", "saved").flag == "saved"
    assert read(header(value("-1", "-1")), b"", "error").flag == ""
    assert read(b"", b"", "error").flag == "error"
    assert read(b"", b"", "<script>").flag == ""


def test_preferences_count_only_for_those_who_agreed_to_them():
    assert read(b"reading=2-dark-hidden", b"", "").attributes == b""
    refused = header(value("-1", AGREED), "reading=2-dark-hidden")
    assert read(refused, b"", "").attributes == b""
    agreed = read(header(value(AGREED, "-1"), "reading=2-dark-hidden"), b"", "")
    assert agreed.attributes == b' data-text="2" data-colours="dark" data-beta="hidden"'


@pytest.mark.parametrize("odd", ["", "4-dark-hidden", "2-dark", '2-dark-hidden"', "2-dark-hidden "])
def test_odd_preferences_are_no_preferences(odd):
    sent = header(value(AGREED, "-1"), f"reading={odd}x")
    assert read(sent, b"", "").preferences == preferences.DEFAULT


def test_each_state_has_a_key_of_its_own():
    states = list(every_state())
    assert len({state.key for state in states}) == len(states) == 79


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (b"", ""),
        (b"cookies=saved", "saved"),
        (b"a=b&cookies=error", "error"),
        (b"cookies=%73aved", ""),
        (b"xcookies=saved", ""),
        (b"\xff\x00", ""),
    ],
)
def test_the_flag_is_found_in_the_query(query, expected):
    assert flag(query) == expected


def test_an_error_page_says_what_failed_only_where_a_choice_was_sent():
    assert (
        flag_of_error("/cookies/save/", 503) == flag_of_error("/cookies/reading/", 500) == "error"
    )
    assert flag_of_error("/cookies/save/", 403) == flag_of_error("/cookies/save/", 413) == ""
    assert flag_of_error("/feedback/", 503) == flag_of_error("/cookies/", 500) == ""


@pytest.mark.parametrize(
    ("came_from", "back"),
    [
        ("/help/", "/help/"),
        ("/", "/"),
        ("//evil.example/", "/"),
        ("/\\evil.example/", "/"),
        ("https://evil.example/", "/"),
        ("/admin/", "/"),
        ("/leave/", "/"),
        ("/cookies/save/", "/"),
        ("/cookies/", "/"),
        ("/help/%22%3E", "/"),
        ("/" + "a" * 3000 + "/", "/"),
        ("%FF%00", "/"),
        ("/h%C3%A9lp/", "/"),
        ("", "/"),
    ],
)
def test_the_way_back_leads_only_to_a_page_of_ours(came_from, back):
    assert address("/cookies/", b"from=" + came_from.encode()) == back
    assert address("/help/", b"from=" + came_from.encode()) == "/help/"


def test_only_named_pages_are_counted_and_only_with_agreement():
    agreed = read(header(value("-1", AGREED)), b"", "")
    for path in ("/", "/signs/", "/help/", "/campaigns/", "/campaigns/a-week/"):
        assert agreed.message(path) == "message/nothing-counted"
        assert read(b"", b"", "").message(path) == "message/ask"
        assert read(b"", b"1", "").message(path) == "message/nothing"
    for path in ("/sheet/", "/help/who-to-contact/", "/advice/staying-safe/", "/help/a-line/", ""):
        assert agreed.message(path) == "message/nothing"


@pytest.mark.parametrize(
    ("state", "on_choices", "on_reading", "elsewhere"),
    [
        (State(ASK), "message/choices-ask", "message/preferences-ask", "message/ask"),
        (State(GPC), "message/choices-gpc", "message/preferences-ask", "message/nothing"),
        (State(SET), "message/choices-set", "message/preferences-ask", "message/nothing"),
        (
            State(ASK, flag="error"),
            "message/choices-ask-error",
            "message/preferences-ask-error",
            "message/ask-error",
        ),
        (
            State(SET, registry.SLUGS, flag="saved"),
            "message/choices-set-preferences-statistics-saved",
            f"message/preferences-{preferences.DEFAULT.value}-saved",
            "message/saved-counted",
        ),
    ],
)
def test_each_state_has_its_message_on_each_kind_of_page(state, on_choices, on_reading, elsewhere):
    assert state.message("/cookies/") == on_choices
    assert state.message("/cookies/reading/") == on_reading or state.groups
    assert state.message("/help/") == elsewhere
