"""Digits and letters as readers see them, and what of a text hides or imitates others."""

import pytest

from publishing.gate import digits
from publishing.gate.invisible import without_needed


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("Call us", "Call us"),
        ("０８０８ ⁸⁰² ④", "0808 802 4"),
        ("\u0660\u0668\u0661 \u096f", "081 9"),
        ("1½ miles, 2¼, 3¾, 4⅓ and 5⅔", "1.5 miles, 2.25, 3.75, 4.33 and 5.67"),
        ("½ a mile", "1\u20442 a mile"),
        ("9–5 — 9‐5 −4 ﹘ ﹣", "9-5 - 9-5 -4 - -"),
        ("‘a’ “b”", "'a' \"b\""),
        ("0\u00ad8\u200b0\u2060\ufeff8 1\ufe0f", "0808 1"),
        ("a\u00a0b", "a b"),
    ],
)
def test_a_text_is_read_as_readers_see_it(written, plain):
    assert digits.plain(written) == plain


@pytest.mark.parametrize(
    ("number", "dialled"),
    [
        ("0808 802 0300", "08088020300"),
        ("+44 (0)808 802 0300", "08088020300"),
        ("+44 808 802 0300", "08088020300"),
        (" 0044 808 802 0300", "08088020300"),
        ("+448088020300", "08088020300"),
        ("+ 44 20", "020"),
        ("+  44 20", "4420"),
        ("44 20 7946", "44207946"),
        ("116 123", "116123"),
        ("18001 101", "18001101"),
        ("", ""),
    ],
)
def test_a_number_is_dialled_as_at_home(number, dialled):
    assert digits.dialled(number) == dialled


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Call 999 or 0808 802 0300.", ["999", "08088020300"]),
        ("(0115) 947-6490/ 1", ["011594764901"]),
        ("+44 115.947·6490", ["01159476490"]),
        ("12 and 34", []),
        ("1    2    3", []),
        ("1   2   3", ["123"]),
        ("12", []),
        ("123", ["123"]),
    ],
)
def test_three_digits_in_a_row_are_a_number_in_a_link(words, found):
    assert digits.runs(words) == found


@pytest.mark.parametrize(
    "words",
    [
        "Call 999.",
        "Café, naïve, Łódź, Đurđa, İstanbul",
        "Привет, мир",
        "1½ hours, ¼, ¾, ⅓, ⅔",
        "“Quoted” – and ‘so’ on… £5 €5 20°C",
        "1\ufe0f",
        "e\u0301t\u00e9",
        "مرحبا ۔ नमस्ते ਪੰਜਾਬੀ",
        "م\u06cc\u200cخواهم",
        "क्\u200dष",
        "👩\u200d👧",
        "👩🏽\u200d👧",
        "❤\ufe0f\u200d🔥",
        "🏳\ufe0f\u200d🌈",
    ],
)
def test_what_people_write_is_not_strange(words):
    assert digits.strange(words) == set()


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("0808\u200b802", "\u200b"),
        ("08\u200d08", "\u200d"),
        ("o\u200cne", "\u200c"),
        ("👩\u200d1", "\u200d"),
        ("👩\u200c👧", "\u200c"),
        ("\u200d👧", "\u200d"),
        ("👩\u200d", "\u200d"),
        ("م\u200cx", "\u200c"),
        ("x\u200cم", "\u200c"),
        ("،\u200cم", "\u200c"),
        ("م\u200c\u0661", "\u200c\u0661"),
        ("\u202e0030", "\u202e"),
        ("a\u2066b", "\u2066"),
        ("a\u180eb", "\u180e"),
        ("a\u034fb\u061c", "\u034f\u061c"),
        ("a\u00adb\ufeff", "\u00ad\ufeff"),
        ("８", "８"),
        ("\u0663", "\u0663"),
        ("八", "八"),
        ("⅛ or ²", "⅛²"),
        ("Ⅷ", "Ⅷ"),
        ("⠼⚀🕗", "⠼⚀🕗"),
        ("0\u0332", "\u0332"),
        ("0\u20e3", "\u20e3"),
        ("pоlice", "о"),
        ("bаnk", "а"),
        ("Ελp", "Ελ"),
        ("éт", "т"),
    ],
)
def test_what_hides_or_imitates_others_is(words, found):
    assert digits.strange(words) == set(found)


def test_only_the_joiners_that_a_word_needs_are_left_out_of_account():
    needed = "م\u06cc\u200cخواهم"
    assert without_needed(needed) == needed.replace("\u200c", "")
    for doubted in (
        "a\u200cb",
        f"\u200c{needed}".replace("\u06cc\u200c", ""),
        "م\u200c",
        "م\u200c 1",
    ):
        assert without_needed(doubted) == doubted
    assert without_needed("plain") == "plain"
