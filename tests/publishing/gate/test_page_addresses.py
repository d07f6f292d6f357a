"""The short name of a page holds no contact: it is read aloud, and stands in the browser."""

import pytest

from publishing import gate

from ..builders import KNOWN, make_edition, make_html

CONTACTS = [
    "0800-111-2222",
    "ring-08001112222",
    "text-help-to-85258",
    "call-0800_111_2222-now",
    "oh-eight-hundred-one-one-one-two-two-two-two",
    "call-0808-802-0300",  # Known: it stands in the register alone.
    "0%38%30%30-111-2222",
    "wa.me-447700900123",
    "ring-159-now",
    "now-159-is-what-you-dial",
    "o808-8o2-o3oi",
    "12-34-and-56-78",
]
INNOCENT = [
    "police-101",
    "nhs-111",
    "stalking-awareness-week-2024",
    "2026-04-22",
    "16-17",
    "under-18",
    "text-999",
    "one-in-five-women",
    "help-24-7",
    "poster-a5",
    "victims-code-2024",
]


def problems(slug):
    edition = make_edition(pages={f"/advice/{slug}/": make_html()})
    return [problem.words for problem in gate.inspect(edition, KNOWN)]


@pytest.mark.parametrize("slug", CONTACTS)
def test_a_contact_in_a_short_name_is_refused(slug):
    assert any(words.startswith("The short name of the page holds") for words in problems(slug))


@pytest.mark.parametrize("slug", INNOCENT)
def test_a_figure_in_a_short_name_passes(slug):
    assert problems(slug) == []
