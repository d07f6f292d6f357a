"""The truth table of facts/helplines.md section 6, every combination, both ways."""

import itertools

import pytest
from django.utils import timezone

from signposting import contact
from signposting.headings import now as names
from signposting.models import Service
from signposting.presenters import everyone
from tests.register import agree_all

from ..reading import read

SAID = contact.said()
WHO = {"D": "domestic", "N": "other", "U": "unknown"}
# Where somebody does not say, the table's "elsewhere" is meant.
WHERE = ["here", "elsewhere", "outside", "unknown"]
AFFECTED = ["friend", "under-16", "16-17", "lgbt", "woman", "man", "unknown"]

NSH, POLICE = "national-stalking-helpline", "police-101"
LINES = ("nsas-women", "nsas-men")

# The rows as the fact sheet prints them: who, in Notts, affected, routes in order.
TABLE = """
D     | Notts     | woman           | juno; nsh; ndah
D     | Notts     | man             | equation; nsh; mens-advice-line
D     | Notts     | lgbt            | equation; galop; nsh
D     | Notts     | friend          | nsh; juno
N     | Notts     | woman           | nsas-women; nsh; victim-care
N     | Notts     | man             | nsas-men; nsh; victim-care
N     | Notts     | lgbt            | nsas-lines; nsh; galop
N     | Notts     | 16-17           | nsas-lines; childline; nsh
N     | Notts     | friend          | nsh; nsas-lines; police-101
U     | Notts     | woman, man, lgbt| nsh; police-101; victim-care
D, U  | Notts     | 16-17           | childline; nsh; police-101
D     | elsewhere | woman           | ndah; nsh; victim-support
D     | elsewhere | man             | mens-advice-line; nsh; victim-support
D     | elsewhere | lgbt            | galop; nsh; victim-support
N, U  | elsewhere | woman, man      | nsh; paladin; victim-support
N, U  | elsewhere | lgbt            | nsh; galop; victim-support
N, U  | elsewhere | 16-17           | childline; nsh; paladin
D     | elsewhere | 16-17           | childline; nsh; police-101
D, N, U | Notts   | under-16        | childline; police-101
D, N, U | elsewhere | under-16      | childline; police-101
D, N, U | elsewhere | friend        | nsh; police-101
U     | Notts     | friend          | nsh; police-101
"""


def facts():
    found = {}
    for line in TABLE.strip().splitlines():
        who, where, affected, routes = (part.strip() for part in line.split("|"))
        for one in itertools.product(who.split(", "), [where], affected.split(", ")):
            assert one not in found, one
            found[one] = routes.split("; ")
    return found


FACTS = facts()
SHORT = {"nsh": (NSH,), "nsas-lines": LINES}


def expected(who, where, affected):
    """Return the steps for three answers, from the fact sheet's rows: a tuple of slugs each."""
    letter = {name: letter for letter, name in WHO.items()}[who]
    if affected == "unknown":  # ours: what is for everybody
        last = "victim-care" if where == "here" else "victim-support"
        routes = ["nsh", "police-101", last]
    else:
        routes = FACTS[letter, "Notts" if where == "here" else "elsewhere", affected]
    if where == "outside":
        routes = [route for route in routes if route not in ("paladin", "victim-support")]
    return [SHORT.get(route, (route,)) for route in routes]


COMBINATIONS = list(itertools.product(WHO.values(), WHERE, AFFECTED))


@pytest.mark.parametrize(("who", "where", "affected"), COMBINATIONS)
def test_each_combination_has_exactly_one_answer_and_it_is_the_fact_sheets(who, where, affected):
    rows = [
        row
        for row in contact.rows()
        if who in row.who and where in row.where and affected in row.affected
    ]
    assert [list(row.steps) for row in rows] == [expected(who, where, affected)]


def test_each_row_answers_only_combinations_that_the_fact_sheet_gives_it():
    for row in contact.rows():
        combinations = list(itertools.product(row.who, row.where, row.affected))
        assert combinations, row
        for combination in combinations:
            assert list(row.steps) == expected(*combination), combination


def test_the_questions_offer_every_answer_of_the_table_and_dont_know(register):
    assert list(contact.WHO) == list(WHO.values())
    assert list(contact.WHERE) == WHERE
    assert list(contact.AFFECTED) == AFFECTED
    for _, choices in contact.questions(names()).values():
        assert choices["unknown"].startswith("I don’t know")


def test_danger_stands_first_and_police_last(register, client):
    text = read(client.get("/help/who-to-contact/")).text
    text = text[text.index("Who to contact In danger") :]
    places = [
        text.index(words)
        for words in (
            "In danger now? Call 999. Cannot speak?",
            "Who is doing it?",
            "Juno Women’s Aid helpline",
            "You can also report to police on 101 or online. You do not need proof first.",
            "Somewhere else in England or Wales, use your own police force’s website.",
            "In Scotland, Northern Ireland or another country, numbers differ",
            "Is one of these true too?",
        )
    ]
    assert places == sorted(places)


def test_every_answer_stands_on_the_page_with_its_reasons_and_numbers(register, client):
    page = read(client.get("/help/who-to-contact/"))
    headings = [words for level, words in page.headings if level == "h3" and ": " in words]
    assert headings == [contact.heading(row, names()) for row in contact.rows()]
    for reason in [*SAID["reasons"].values(), *SAID["for_a_friend"].values()]:
        assert reason in page.text


def test_the_reason_comes_first_in_a_step(register, client):
    text = read(client.get("/help/who-to-contact/")).text
    step = f"{SAID['reasons']['juno']} Juno Women’s Aid helpline. Free. Day and night. "
    assert step in text
    assert f"{step}0808 800 0340" in text


@pytest.mark.long
@pytest.mark.parametrize("slug", ["galop", "karma-nirvana", "cyber-helpline", "report-remove"])
def test_what_fits_whatever_was_chosen_stands_below_every_answer(register, client, slug):
    html = client.get("/help/who-to-contact/").content.decode()
    below = html[html.index("Is one of these true too?") :]
    assert SAID["extras"][slug] in below
    assert f'href="/help/{slug}/"' in below


def test_a_heading_joins_no_two_choices_into_one_sentence(register):
    """Where all the answers are seen, each says which choices lead to it, each whole."""
    for row in contact.rows():
        said = contact.heading(row, names())
        for question, (_, choices) in contact.questions(names()).items():
            given = [choices[name] for name in getattr(row, question)]
            if len(given) < len(choices):
                assert "; or: ".join(given) + "." in said


def test_no_answer_has_more_than_three_steps():
    assert {1, 2, 3} >= {len(row.steps) for row in contact.rows()}


def test_a_number_that_was_taken_off_is_in_no_answer(register, client):
    assert b"tel:01159476490" in client.get("/help/who-to-contact/").content
    Service.objects.filter(slug="nsas-women").update(
        status="withheld", withheld_because="It rang out."
    )
    agree_all()
    page = client.get("/help/who-to-contact/")
    assert b"tel:01159476490" not in page.content
    # Its alternative is the helpline, which stands there once, not twice.
    part = page.content.decode().split("who-other where-here affected-woman")[1].split("</ol>")[0]
    assert part.count('href="tel:08088020300"') == 1


def answer_to(register, **choices):
    """Return the slugs of one answer, as the page has them today."""
    (row,) = [r for r in contact.rows() if all(v in getattr(r, k) for k, v in choices.items())]
    steps = contact.steps(row, everyone(timezone.now()), names())
    return [shown.service.slug for step in steps for shown in step.services]


def take_off(register, slug, instead):
    alternative = Service.objects.get(slug=instead)
    register.filter(slug=slug).update(
        status="withheld", withheld_because="It rang out.", alternative=alternative
    )
    agree_all()


WOMAN_ELSEWHERE = {"who": "domestic", "where": "elsewhere", "affected": "woman"}


def test_a_stand_in_that_takes_the_reader_stands_in_the_answer(register):
    take_off(register, "ndah", "rape-crisis")
    Service.objects.filter(slug="rape-crisis").update(area="uk", gender="any")
    agree_all()
    assert answer_to(register, **WOMAN_ELSEWHERE)[0] == "rape-crisis"


@pytest.mark.long
@pytest.mark.parametrize(
    ("slug", "instead", "choices"),
    [
        ("ndah", "juno", WOMAN_ELSEWHERE),  # in Nottinghamshire only
        ("ndah", "mens-advice-line", WOMAN_ELSEWHERE),  # for men
        ("ndah", "childline", WOMAN_ELSEWHERE),  # for the young
        (NSH, "victim-care", WOMAN_ELSEWHERE),
        (NSH, "victim-support", {**WOMAN_ELSEWHERE, "where": "outside"}),
        ("juno", "nsas-women", {**WOMAN_ELSEWHERE, "where": "here"}),  # not for a partner or ex
        ("childline", "ndah", {"who": "other", "where": "elsewhere", "affected": "16-17"}),
    ],
)
def test_a_stand_in_that_cannot_take_the_reader_is_left_out(register, slug, instead, choices):
    assert slug in answer_to(register, **choices)
    before = [found for found in answer_to(register, **choices) if found != slug]
    take_off(register, slug, instead)
    assert answer_to(register, **choices) == before


def test_every_answer_names_somebody_whatever_was_taken_off(register):
    register.filter(emergency=False).update(status="withheld", withheld_because="It rang out.")
    agree_all()
    for answer in contact.answers(everyone(timezone.now()), names()):
        assert [s.service.slug for step in answer.steps for s in step.services] == [POLICE]


def test_a_national_line_has_a_national_stand_in(register):
    assert register.get(slug=NSH).alternative.slug == "victim-support"
    assert register.get(slug="ndah").alternative.slug == NSH
