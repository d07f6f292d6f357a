"""Who to contact: the truth table of the content, contact.toml.

Who may use a service comes from its record; the order of the routes is our judgement,
to be agreed with the services. The table is read as rows that cover every combination
of answers exactly once; each row is one answer, printed on the page.
"""

from dataclasses import dataclass
from functools import cache

from safety.identity import toml_files

from .content.folder import content_folder
from .models import Service
from .presenters import ShownService

# Answers to each question: name -> words. "Don't know" is always one of them.
WHO = {
    "domestic": "A partner, an ex or a relative",
    "other": "Someone else you know, or a stranger",
    "unknown": "I don’t know",
}
WHERE = {
    "here": "Here",
    "elsewhere": "Somewhere else in England, or in Wales",
    "outside": "Scotland, Northern Ireland or another country",
    "unknown": "I don’t know, or I’d rather not say",
}
# The first that is true counts: precedence of section 6.
AFFECTED = {
    "friend": "Someone I care about",
    "under-16": "Me, and I am under 16",
    "16-17": "Me, and I am 16 or 17",
    "lgbt": "Me, and I am LGBT+",
    "woman": "Me, and I am a woman",
    "man": "Me, and I am a man",
    "unknown": "I don’t know, or I’d rather not say",
}

QUESTIONS = {
    "who": ("Who is doing it?", WHO),
    "where": ("Where do you live?", WHERE),
    "affected": ("Who is it happening to? Choose the first that is true.", AFFECTED),
}

SHORT = {"who": "Who is doing it", "where": "Where you live", "affected": "Who it happens to"}

# Whom a service must take, by its record, to stand in a row in place of another.
_G, _R = Service.Gender, Service.Relationship
BY = {"domestic": _R.DOMESTIC, "other": _R.NON_DOMESTIC, "unknown": _R.ANY}
FOR = {
    "woman": (_G.ANY, _G.WOMEN),
    "man": (_G.ANY, _G.MEN, _G.MEN_LGBT),
    "lgbt": (_G.ANY, _G.LGBT, _G.MEN_LGBT),
}
# The youngest and the oldest that an answer may mean; an adult may be of any age.
AGES, ADULT = {"under-16": (0, 15), "16-17": (16, 17)}, (18, 150)


@dataclass(frozen=True)
class Row:
    """One row: the answers it is for, and its steps in order."""

    who: tuple[str, ...]
    where: tuple[str, ...]
    affected: tuple[str, ...]
    steps: tuple[tuple[str, ...], ...]


def said():
    """Return contact.toml of the content: its rows, and the words beside services."""
    return read(content_folder())


@cache
def read(folder):
    file = folder / "contact.toml"
    return toml_files.read(file) if file.is_file() else {}


def rows():
    """Return the Rows of the table, each combination of answers in one of them."""
    return made(content_folder())


@cache
def made(folder):
    found = [whole(row) for row in read(folder).get("rows", [])] or [EVERYBODY]
    return [part for each in found for part in without_england_and_wales(each, read(folder))]


def whole(row):
    steps = tuple((step,) if isinstance(step, str) else tuple(step) for step in row["steps"])
    return Row(*(tuple(row[name].split()) for name in ("who", "where", "affected")), steps)


# Where nobody has written a table, police take everybody.
POLICE = "police-101"
EVERYBODY = Row(tuple(WHO), tuple(WHERE), tuple(AFFECTED), ((POLICE,),))


def without_england_and_wales(found, said):
    """Split a row at the border of England and Wales, where some services end."""
    kept = tuple(s for s in found.steps if not set(said.get("only_england_and_wales", ())) & set(s))
    if "outside" not in found.where or kept == found.steps:
        return [found]
    inside = tuple(where for where in found.where if where != "outside")
    return [
        Row(found.who, inside, found.affected, found.steps),
        Row(found.who, ("outside",), found.affected, kept),
    ]


def questions(headings):
    """Return the questions: name -> (words, answers by their names)."""
    here = headings.here
    where = WHERE | {"here": here.answer} if here else WHERE
    return {**QUESTIONS, "where": (QUESTIONS["where"][0], where)}


def extras(shown):
    """Return (words, service) of what stands below every answer, of those that are there."""
    found = said().get("extras", {})
    return [(words, shown[slug]) for slug, words in found.items() if slug in shown]


@dataclass(frozen=True)
class Step:
    reason: str
    services: list[ShownService]


@dataclass(frozen=True)
class Answer:
    """A row for the page: its style-sheet classes, whom it is for, its steps.

    The style sheet shows one answer and, above it, only what the reader chose. `heading`
    names every choice that leads here: it is for whoever sees all the answers.
    """

    classes: str
    heading: str
    steps: list[Step]


def answers(shown, headings) -> list[Answer]:
    """Return the answers in the order of the table."""
    return [
        Answer(
            classes=" ".join(
                f"{question}-{name}" for question in QUESTIONS for name in getattr(found, question)
            ),
            heading=heading(found, headings),
            steps=steps(found, shown, headings),
        )
        for found in rows()
    ]


def heading(found, headings):
    """Return the answers that lead to a row, question by question: "Who is doing it? …"."""
    parts = []
    for question, (_, choices) in questions(headings).items():
        given = getattr(found, question)
        if len(given) == len(choices):
            continue
        parts.append(f"{SHORT[question]}: {'; or: '.join(choices[name] for name in given)}.")
    return " ".join(parts)


def steps(found, shown, headings):
    """Return the steps of a row; police, who take everybody, where no other is left."""
    return made_of(found, found.steps, shown, headings) or made_of(
        found, ((POLICE,),), shown, headings
    )


def made_of(found, wanted, shown, headings):
    seen, made, words = set(), [], said()
    friend = found.affected == ("friend",)
    for step in wanted:
        here = []
        for slug in step:
            # A register that is older than a service of the table has not got it.
            instead = slug in shown and usable(found, shown[slug], shown, headings)
            if instead and instead.service.slug not in seen:
                seen.add(instead.service.slug)
                here.append((slug, instead))
        if here:
            slug, first = here[0]
            reason = words.get("reasons", {}).get(first.service.slug, "")
            if friend and first.service.slug == slug:
                reason = words.get("for_a_friend", {}).get(slug, reason)
            made.append(Step(reason, [each for _, each in here]))
    return made


def usable(found, wanted, shown, headings):
    """Return a service of a row; if it was taken off, what stands in its place and fits; or None."""
    if wanted.service.is_published:
        return wanted
    instead = shown[wanted.service.alternative.slug]
    return (
        instead if instead.service.is_published and fits(found, instead.service, headings) else None
    )


def fits(found, service, headings):
    """Return whether a service takes everybody a row is for, by its own record."""
    return (
        all(where in headings.covers(service.area) for where in found.where)
        and all(service.relationship in (_R.ANY, BY[who]) for who in found.who)
        and all(service.gender in FOR.get(one, (_G.ANY,)) for one in found.affected)
        and all(takes(service, *AGES.get(one, ADULT)) for one in found.affected)
    )


def takes(service, youngest, oldest):
    lowest, highest = service.minimum_age, service.maximum_age
    return (lowest is None or lowest <= youngest) and (highest is None or highest >= oldest)
