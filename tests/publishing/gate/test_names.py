"""Names of services are found however they are written."""

import pytest

from publishing.gate import names

# Letters of other scripts that a reader takes for ours (Unicode Technical Standard 39), one of each.
LIKE = {
    "a": "а", "b": "ь", "c": "с", "d": "ԁ", "e": "е", "f": "ƒ", "g": "ɡ", "h": "һ", "i": "і", "k": "к",
    "l": "ӏ", "m": "м", "n": "п", "o": "о", "p": "р", "q": "ԛ", "r": "г", "s": "ѕ", "t": "т", "u": "υ",
    "v": "ѵ", "w": "ԝ", "x": "х", "y": "у", "z": "ᴢ",
}  # fmt: skip


@pytest.mark.parametrize(("letter", "like"), LIKE.items())
def test_a_letter_that_looks_like_another_is_read_as_it(letter, like):
    keys = {"name": names.key(f"Jo{letter}o")}
    assert names.find(f"Ask Jo{like}o now", keys) == [("name", 4, 8)]
    assert names.find("Ask Johjo now", keys) == []


@pytest.mark.parametrize(("two", "one"), [("vv", "w"), ("rn", "m"), ("cl", "d")])
def test_two_letters_that_look_like_one_are_read_as_it(two, one):
    assert names.find(f"Ask Jo{two}o.", {"name": names.key(f"Jo{one}o")}) == [("name", 4, 9)]
