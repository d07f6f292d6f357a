"""What is told of the digits and the number words of a text: as they stand there, and where."""

import pytest

from publishing.gate import figures, number_words


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("Try 159, (0115) 947 6490-", [("159, (0115) 947 6490", 4)]),
        ("Try 159, then 7726 x.", [("159", 4), ("7726", 14)]),
        ("Press 8, press 5, press 2, press 5 on it.", [("8, press 5, press 2, press 5", 6)]),
        ("Press 8, press 5 and press 2 on it.", []),
        ("Press 8, press 5. Press 2.", []),
        ("Press 8, press 5. Press 2, press 5.", [("8, press 5. Press 2, press 5", 6)]),
        ("No. 8 or no. 5, page 2. Press 5.", []),
        ("Nobody told. At 1am, 2am, 4am and 6am he stood there.", []),
        ("Call at 1am, 2am, 4am, 6am.", [("1am, 2am, 4am, 6am", 8)]),
        ("0808 802 0300 Use 159 Stop Scams", [("0808 802 0300", 0), ("159", 18)]),
        ("|\n Use 159 Stop Scams", [("159", 7)]),
        ("In 2024 use of it fell, and by May 2025 use 159 sandbags.", []),
        ("Call 2020", [("2020", 5)]),
        ("It was 2020. Call 2024", [("2024", 18)]),
        ("Call him. It was 2024.", []),
        ("Shares: 25%, 8%, 5%, 2%, 9%.", [("8%, 5%, 2%, 9%", 13)]),
        ("It was 2024 159 times.", [("2024 159", 7)]),
        ("It was 12% 15% of all.", []),
        ("It cost £159 once.", []),
        ("It cost $159 or €7,726.50 once.", []),
        ("No figures at all.", []),
    ],
)
def test_digits_that_say_nothing_are_told_as_they_stand(words, told):
    assert figures.unexplained(words) == told


@pytest.mark.parametrize(
    "words",
    [
        "2. Keep a diary",
        "1) Open Settings.",
        "[1] ONS, Crime Survey",
        "4.1 How to report",
    ],
)
def test_a_paragraph_may_be_numbered(words):
    assert figures.unexplained(words) == []
    assert figures.unexplained(f"Words. {words}"), "only where it begins"


@pytest.mark.parametrize("words", ["116. Ring it", "2. 3. 4.", "11) Text us on 11"])
def test_no_number_to_dial_begins_a_paragraph(words):
    assert figures.unexplained(words)


@pytest.mark.parametrize(
    ("words", "is_one"),
    [
        ("step 11, step 61, step 23", True),
        ("step 11, step 21, step 63", False),
        ("step 1, step 6, step 1", False),
        ("Do step 11, then step 61 and step 23 again", True),
    ],
)
def test_one_word_said_again_and_again_hides_no_number(words, is_one):
    assert bool(figures.unexplained(words)) == is_one


@pytest.mark.parametrize(
    "words",
    [
        "years 7, 8 and 9",
        "steps 1, 2 and 3",
        "(1) one, (2) more, (3) less, (4) none",
        "aged 11, 12, 13",
    ],
)
def test_what_counts_on_by_one_is_a_list(words):
    assert figures.unexplained(f"It is {words} again.") == []


@pytest.mark.parametrize(
    "words", ["years 8, 5 and 2", "(8) one, (5) more, (2) less, (5) none, (8)"]
)
def test_what_does_not_count_on_is_none(words):
    assert figures.unexplained(f"It is {words} again.")


@pytest.mark.parametrize(
    ("row", "are_one"),
    [("9% 7% 4% 2% 1%", False), ("1% 2% 4% 7% 9%", False), ("8% 5% 2% 5% 8%", True)],
)
def test_a_row_that_rises_or_falls_is_a_list(row, are_one):
    assert figures.are_digits(row.split()) == are_one


def test_so_many_are_told_and_no_more():
    assert len(figures.unexplained("Try 159 x. " * 30)) == figures.TOLD_AT_MOST


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("Ruf null acht null, dann.", [("null acht null", 4)]),
        ("Sei due uno", [("Sei due uno", 0)]),
        ("null acht dann null", []),
        ("one two three", []),
    ],
)
def test_digits_of_another_language_are_told_as_they_stand(words, told):
    assert list(number_words.foreign(words)) == told


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("Ring oh eight hundred now", [("oh eight hundred", 5)]),
        ("Ring one five nine", [("one five nine", 5)]),
        ("Ring naught one two", [("naught one two", 5)]),
        ("Call eleven and sixteen and five", [("eleven and sixteen and five", 5)]),
        ("Call eleven and sixteen", []),
        ("Call MMXXIV", [("MMXXIV", 5)]),
        ("Text VIII V II V VIII", [("VIII V II V VIII", 5), ("VIII", 5)]),
        ("It is ----- ---.. ----- there", [("----- ---.. -----", 6)]),
        ("A three-hour call in twenty twenty-four.", []),
        ("It took one, two or three tries.", []),
        ("It took one, two, three or four tries.", []),
        ("It took three, two, four tries.", [("three, two, four", 8)]),
        ("Two and three and one", []),
        ("Two and three and one and five", [("Two and three and one and five", 0)]),
        ("nineteen ninety-seven", []),
        ("one thousand two hundred and five people", []),
        ("two hundred thousand and six", []),
        ("four million", []),
        ("Dial eighty-five thousand two hundred and fifty-eight", None),
        ("0808 802 0300 Try one hundred and fifty-nine", None),
    ],
)
def test_number_words_are_told_as_they_stand(words, told):
    found = number_words.spelled(words)
    if told is None:
        assert found
    else:
        assert found == told
