"""Ways to write a contact never pass the gate; sentences full of figures always do."""

from pathlib import Path

import pytest

from publishing import gate
from publishing.gate.contacts import contacts_in, texts
from publishing.printing.editions import Item

from ..builders import KNOWN, make_edition, make_html

FOLDER = Path(__file__).parent / "words"
FILES = {"/static/a.png": Item("static", "image/png", b"x")}


def lines(name):
    """Return the lines of a file of words: HTML, without those that begin with #."""
    text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


CONTACTS, FIGURES = lines("contacts"), lines("figures")
# Where words of editors and keepers stand on a page.
PLACES = [
    "<p>{}</p>",
    "<h2>{}</h2>",
    "<ul><li>One.</li><li>{}</li></ul>",
    "<details><summary>More</summary>{}</details>",
    "<blockquote><p>Words. {} More words.</p></blockquote>",
    "<p>Words before it, <b>and</b> some after. {}</p>",
]


def told(main):
    edition = make_edition(pages={"/signs/": make_html(main)}, files=FILES)
    return [str(problem) for problem in gate.inspect(edition, KNOWN)]


def test_there_are_two_hundred_of_each():
    assert len(set(CONTACTS)) >= 200
    assert len(set(FIGURES)) >= 200


@pytest.mark.long
@pytest.mark.parametrize("place", PLACES)
def test_no_spelling_of_a_contact_passes(place):
    assert [line for line in CONTACTS if not told(place.format(line))] == []


@pytest.mark.long
@pytest.mark.parametrize("place", PLACES)
def test_every_innocent_sentence_passes(place):
    found = {line: told(place.format(line)) for line in FIGURES}
    assert {line: problems for line, problems in found.items() if problems} == {}


@pytest.mark.long
@pytest.mark.parametrize(
    "attribute",
    ['<img src="/static/a.png" alt="{}">', '<p title="{}">x</p>', '<p aria-label="{}">x</p>'],
)
def test_the_same_holds_for_words_that_are_heard(attribute):
    plain = [line for line in CONTACTS if "<" not in line]
    assert [line for line in plain if not told(attribute.format(line))] == []
    plain = [line for line in FIGURES if "<" not in line]
    assert [line for line in plain if told(attribute.format(line))] == []


@pytest.mark.long
def test_the_same_holds_for_what_search_engines_show():
    def head(line):
        page = make_html(head=f'<meta name="description" content="{line}">', title=line)
        return gate.inspect(make_edition(pages={"/signs/": page}), KNOWN)

    plain = [line for line in CONTACTS if "<" not in line]
    assert [line for line in plain if not head(line)] == []
    plain = [line for line in FIGURES if "<" not in line]
    assert [line for line in plain if head(line)] == []


# Texts of the kinds that make careless patterns slow.
LONG = [
    "1 ", "1,", "0", "9 to ", "1,111,", "a.", "a.b ", "a-", "x@", "@", "one ", "oh and then ",
    "call ", "tel. ", "12 new ", "22, ", "( ", "-", "www.", "dot ", "O0", "a dot ", "1 in ",
    "section 1(a)", "NG5 ", "https://", "12 April ", "é", "١", "- ", ". ", "\n", "[", "%", "£1.",
]  # fmt: skip


@pytest.mark.long
@pytest.mark.parametrize("part", LONG)
def test_a_long_text_is_read_to_its_end(part):
    # What grows faster than the text would hang here; how long it takes, bin/bench gate says.
    contacts_in.cache_clear()
    contacts_in(part * (16_000 // len(part)))


def problems_of(html):
    return gate.inspect(make_edition(pages={"/signs/": html}, files=FILES), KNOWN)


@pytest.mark.parametrize(("letters", "quoted"), [(60, "{}"), (61, "{}…")])
def test_what_is_typed_is_quoted_up_to_sixty_characters(letters, quoted):
    address = "https://example.org/" + "a" * (letters - 20)
    [problem] = problems_of(make_html(f"<p>See {address}</p>"))
    shown = quoted.format(address[:60])
    assert problem.words == f"“{shown}” is an address that nobody agreed."


def test_a_number_in_words_is_told_as_one():
    [problem] = problems_of(make_html("<p>Call oh eight hundred, double two, five six seven.</p>"))
    assert "” reads as a number." in problem.words
    assert "what it counts" in problem.mend


def test_what_machines_alone_read_of_a_page_may_have_figures_but_no_number():
    told = '<meta name="description" content="Ring 55512.">'
    assert "content of a meta" in problems_of(make_html(head=told))[0].words
    for_machines = '<meta name="theme-color" content="{}">'
    assert problems_of(make_html(head=for_machines.format("55512"))) == []
    assert (
        "content of a meta"
        in problems_of(make_html(head=for_machines.format("0808 802 0301")))[0].words
    )
    assert problems_of(make_html(head=for_machines.format("0808 802 0300"))) == []


def test_figures_that_stand_alone_are_read_together_from_the_third_on():
    def items(*words):
        return make_html("<ul>" + "".join(f"<li>{one}</li>" for one in words) + "</ul>")

    assert problems_of(items("one", "five", "Words of two")) == []
    [problem] = problems_of(items("one", "five", "nine", "oh", "eight"))
    assert problem.words == "“one five nine oh eight” reads as a number."
    # So they are in a list that is typed with each item on a line of its own.
    lines = "<ul>\n<li>one</li>\n<li>five</li>\n<li>nine</li>\n</ul>"
    [problem] = problems_of(make_html(lines))
    assert problem.words == "“one five nine” reads as a number."
    # Short words between are no figures.
    assert problems_of(items("Ring", "159 people", "said so")) == []


@pytest.mark.parametrize("after", ["", "<p>Words of two people.</p>"])
def test_figures_that_are_read_together_are_told_where_the_first_stands(after):
    html = "<h2>Who to call</h2><h2>one</h2><p>five</p><p>nine</p>"
    found = [(words, passage.block) for words, passage in texts(gate.parse("/x/", html + after))]
    assert ("one five nine", "Who to call") in found


@pytest.mark.parametrize(
    ("html", "is_told"),
    [
        ('<ol start="808"><li>x</li></ol>', True),
        ('<ol><li value="808">x</li></ol>', True),
        ('<ol start="80"><li value="12">x</li></ol>', False),
    ],
)
def test_a_list_counts_from_no_number(html, is_told):
    told = any("reads as a number" in problem.words for problem in problems_of(make_html(html)))
    assert told == is_told


def test_a_row_of_cells_of_a_digit_each_is_read_together():
    cells = "".join(f"<td>{share}</td>" for share in ("8%", "5%", "2%", "5%"))
    [problem] = problems_of(make_html(f"<table><tr>{cells}</tr></table>"))
    assert problem.words == "“8% 5% 2% 5%” reads as a number."


@pytest.mark.parametrize(
    "html",
    [
        "<h2>Text us</h2><p>1999</p>",
        "<dl><dt>Telephone</dt><dd>2024</dd></dl>",
        "<p>Call<br>1999</p>",
        "<ul><li>Press 8</li><li>Press 5</li><li>then press 2</li><li>press 5</li></ul>",
        '<input type="button" value="Text 85258">',
        '<input type="submit" value="Visit example.org">',
        '<select><option label="Text 85258">x</option></select>',
        '<p aria-valuetext="Text 85258">x</p>',
        "<p>stalkinghelp<br>.org</p>",
        "<p>stalkinghelp.<code>org</code></p>",
    ],
)
def test_a_contact_is_read_across_what_parts_it(html):
    assert problems_of(make_html(html))


@pytest.mark.parametrize(
    "html",
    [
        "<h2>The year</h2><p>1999</p>",
        "<p>Call us.</p><p>1999</p>",
        "<dl><dt>Year</dt><dd>2024</dd></dl>",
        '<input type="hidden" value="85258">',
        "<ul><li>Press on</li><li>Press 5</li><li>Then rest</li></ul>",
    ],
)
def test_what_nobody_is_told_to_call_is_read_alone(html):
    assert problems_of(make_html(html)) == []
