"""Who to contact: the truth table of facts/helplines.md section 6, facts of certain-facts.md.

Who may use a service comes from its record; the order of the routes is our judgement,
to be agreed with the services. The table is read as rows that cover every combination
of answers exactly once; each row is one answer, printed on the page.
"""

from dataclasses import dataclass

from .models import Service
from .presenters import ShownService

# Answers to each question: name -> words. "Don't know" is always one of them.
WHO = {
    "domestic": "A partner, an ex or a relative",
    "other": "Someone else you know, or a stranger",
    "unknown": "I don’t know",
}
WHERE = {
    "notts": "Nottingham or Nottinghamshire",
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

NSH = "They help anyone who is or was stalked, and their friends and family."
NSAS = (
    "They help people aged 16 or over in Nottingham and Nottinghamshire stalked by someone "
    "who is not a partner, ex or relative."
)
REASONS = {
    "national-stalking-helpline": NSH,
    "nsas-women": NSAS,
    "nsas-men": NSAS,
    "juno": "Stalking by a partner, ex or relative is domestic abuse, and they help women across "
    "Nottingham and Nottinghamshire.",
    "equation": "They help men and LGBTQ+ people here: from 16 in the city, from 18 in the county.",
    "ndah": "A free line for women, day and night. You can ask online for a safe time to be called.",
    "mens-advice-line": "A free line for men hurt by a partner, ex or relative.",
    "galop": "Run by LGBT+ people for LGBT+ people who have been abused.",
    "childline": "Free for anyone under 19, day and night.",
    "victim-care": "They help any victim of crime here, whether or not you have told police.",
    "victim-support": "They help any victim in England and Wales, whether or not you have told "
    "police.",
    "paladin": "They help people at high risk from stalking in England and Wales.",
    "police-101": "Tell police what is happening. You do not need proof, or to know what the "
    "offence is.",
}
FOR_A_FRIEND = {
    "juno": "If you are worried about a woman: they also advise people worried about a woman.",
    "nsas-women": "They can take a referral from you only if the person clearly agrees.",
    "nsas-men": "They can take a referral from you only if the person clearly agrees.",
}
ONLY_ENGLAND_AND_WALES = {"paladin", "victim-support"}

# Whom a service must take, by its record, to stand in a row in place of another.
_A, _G, _R = Service.Area, Service.Gender, Service.Relationship
COVERS = {
    "notts": (_A.NOTTINGHAMSHIRE, _A.ENGLAND, _A.ENGLAND_WALES, _A.UK, _A.UNSTATED),
    "elsewhere": (_A.ENGLAND_WALES, _A.UK, _A.UNSTATED),
    "unknown": (_A.ENGLAND_WALES, _A.UK, _A.UNSTATED),
    "outside": (_A.UK, _A.UNSTATED),
}
BY = {"domestic": _R.DOMESTIC, "other": _R.NON_DOMESTIC, "unknown": _R.ANY}
FOR = {
    "woman": (_G.ANY, _G.WOMEN),
    "man": (_G.ANY, _G.MEN, _G.MEN_LGBT),
    "lgbt": (_G.ANY, _G.LGBT, _G.MEN_LGBT),
}
# The youngest and the oldest that an answer may mean; an adult may be of any age.
AGES, ADULT = {"under-16": (0, 15), "16-17": (16, 17)}, (18, 150)

# A step of an answer is one service, or two lines of one service to choose from.
NSAS_LINES = ("nsas-women", "nsas-men")


@dataclass(frozen=True)
class Row:
    """One row: the answers it is for, and its steps in order."""

    who: tuple[str, ...]
    where: tuple[str, ...]
    affected: tuple[str, ...]
    steps: tuple[tuple[str, ...], ...]


def row(who, where, affected, *steps):
    steps = tuple(step if isinstance(step, tuple) else (step,) for step in steps)
    return Row(tuple(who.split()), tuple(where.split()), tuple(affected.split()), steps)


_D, _N, _U, _ANY = "domestic", "other", "unknown", "domestic other unknown"
# Who does not say where gets the routes that answer from everywhere.
_ELSEWHERE = "elsewhere outside unknown"
_NSH, _101 = "national-stalking-helpline", "police-101"

_TABLE = [
    row(_D, "notts", "woman", "juno", _NSH, "ndah"),
    row(_D, "notts", "man", "equation", _NSH, "mens-advice-line"),
    row(_D, "notts", "lgbt", "equation", "galop", _NSH),
    row(_D, "notts", "friend", _NSH, "juno"),
    row(_N, "notts", "woman", "nsas-women", _NSH, "victim-care"),
    row(_N, "notts", "man", "nsas-men", _NSH, "victim-care"),
    row(_N, "notts", "lgbt", NSAS_LINES, _NSH, "galop"),
    row(_N, "notts", "16-17", NSAS_LINES, "childline", _NSH),
    row(_N, "notts", "friend", _NSH, NSAS_LINES, _101),
    row(_U, "notts", "woman man lgbt", _NSH, _101, "victim-care"),
    row("domestic unknown", "notts", "16-17", "childline", _NSH, _101),
    row(_D, _ELSEWHERE, "woman", "ndah", _NSH, "victim-support"),
    row(_D, _ELSEWHERE, "man", "mens-advice-line", _NSH, "victim-support"),
    row(_D, _ELSEWHERE, "lgbt", "galop", _NSH, "victim-support"),
    row("other unknown", _ELSEWHERE, "woman man", _NSH, "paladin", "victim-support"),
    row("other unknown", _ELSEWHERE, "lgbt", _NSH, "galop", "victim-support"),
    row("other unknown", _ELSEWHERE, "16-17", "childline", _NSH, "paladin"),
    row(_D, _ELSEWHERE, "16-17", "childline", _NSH, _101),
    row(_ANY, "notts " + _ELSEWHERE, "under-16", "childline", _101),
    row(_ANY, _ELSEWHERE, "friend", _NSH, _101),
    row(_U, "notts", "friend", _NSH, _101),
    # Not in the fact sheet: who does not say who is affected gets what is for everybody.
    row(_ANY, "notts", "unknown", _NSH, _101, "victim-care"),
    row(_ANY, _ELSEWHERE, "unknown", _NSH, _101, "victim-support"),
]


def without_england_and_wales(found):
    """Split a row at the border of England and Wales, where some services end."""
    kept = tuple(s for s in found.steps if not ONLY_ENGLAND_AND_WALES.intersection(s))
    if "outside" not in found.where or kept == found.steps:
        return [found]
    inside = tuple(where for where in found.where if where != "outside")
    return [
        Row(found.who, inside, found.affected, found.steps),
        Row(found.who, ("outside",), found.affected, kept),
    ]


ROWS = [part for found in _TABLE for part in without_england_and_wales(found)]

# Below every answer, so that each can be reached from every true combination.
EXTRAS = {
    "galop": "If you are LGBT+:",
    "karma-nirvana": "If your family or community hurts you for its honour, or makes you marry:",
    "cyber-helpline": "If most of it is online, and you are 13 or over:",
    "revenge-porn-helpline": "If someone shares private sexual pictures of you, or says they "
    "will, and you are an adult:",
    "report-remove": "If a nude picture or film of you is online, and you are under 18:",
}


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


def answers(shown) -> list[Answer]:
    """Return the answers in the order of the table."""
    return [
        Answer(
            classes=" ".join(
                f"{question}-{name}" for question in QUESTIONS for name in getattr(found, question)
            ),
            heading=heading(found),
            steps=steps(found, shown),
        )
        for found in ROWS
    ]


def heading(found):
    """Return the answers that lead to a row, question by question: "Who is doing it? …"."""
    parts = []
    for question, (_, choices) in QUESTIONS.items():
        given = getattr(found, question)
        if len(given) == len(choices):
            continue
        parts.append(f"{SHORT[question]}: {'; or: '.join(choices[name] for name in given)}.")
    return " ".join(parts)


def steps(found, shown):
    """Return the steps of a row; police, who take everybody, where no other is left."""
    return made_of(found, found.steps, shown) or made_of(found, ((_101,),), shown)


def made_of(found, wanted, shown):
    said, made = set(), []
    friend = found.affected == ("friend",)
    for step in wanted:
        here = []
        for slug in step:
            # A register that is older than a service of the table has not got it.
            instead = slug in shown and usable(found, shown[slug], shown)
            if instead and instead.service.slug not in said:
                said.add(instead.service.slug)
                here.append((slug, instead))
        if here:
            slug, first = here[0]
            reason = REASONS.get(first.service.slug, "")
            if friend and first.service.slug == slug:
                reason = FOR_A_FRIEND.get(slug, reason)
            made.append(Step(reason, [each for _, each in here]))
    return made


def usable(found, wanted, shown):
    """Return a service of a row; if it was taken off, what stands in its place and fits; or None."""
    if wanted.service.is_published:
        return wanted
    instead = shown[wanted.service.alternative.slug]
    return instead if instead.service.is_published and fits(found, instead.service) else None


def fits(found, service):
    """Return whether a service takes everybody a row is for, by its own record."""
    return (
        all(service.area in COVERS[where] for where in found.where)
        and all(service.relationship in (_R.ANY, BY[who]) for who in found.who)
        and all(service.gender in FOR.get(one, (_G.ANY,)) for one in found.affected)
        and all(takes(service, *AGES.get(one, ADULT)) for one in found.affected)
    )


def takes(service, youngest, oldest):
    lowest, highest = service.minimum_age, service.maximum_age
    return (lowest is None or lowest <= youngest) and (highest is None or highest >= oldest)
