"""Words and choices that several models share. Sources: facts/certain-facts.md sections 0 to 2."""

from django.db import models


class Confidence(models.TextChoices):
    """How sure we are of a fact: its grade.

    The first three are stated as facts, and when it was checked is said once a page. What
    one page says is softened; of what is not settled nothing is said.
    """

    RULE = "rule", "A rule: law, the regulator’s rule or the numbering plan"
    OWNER = "owner", "The service’s own page or own words"
    TWO = "two", "Two or more independent pages agree"
    ONE = "one", "One page"
    OPEN = "open", "Not settled"


# Nothing that readers see may cast doubt on these.
CERTAIN = [Confidence.RULE, Confidence.OWNER]

# Hours alone can also be what the service told us, in the check that the route names.
HOURS_CONFIRMED = "confirmed"
HOURS_CONFIDENCE = [*Confidence.choices, (HOURS_CONFIRMED, "The service told us")]


class Kind(models.TextChoices):
    VOICE = "voice", "Phone"
    TEXT = "text", "Text"
    TEXTPHONE = "textphone", "Relay UK app or textphone"
    VIDEO = "video", "Video"
    WEB = "web", "Website"
    EMAIL = "email", "Email"
    IN_PERSON = "in-person", "In person"


class Cost(models.TextChoices):
    """What a reader pays: the numbering plan says it of a number, the owner of the rest.

    0800, 0808, 116 123, 111, 101 and 999 are free; 01, 02 and 03 are not.
    """

    FREE = "free", "Free."
    STANDARD = (
        "standard",
        "Costs the same as a normal call; it may be in your free minutes.",
    )
    UNSTATED = "unstated", "Not known: readers are told nothing"


class Trace(models.TextChoices):
    CALL = "call", "A call: it stays in the phone’s list of calls"
    TEXT = "text", "The texts stay on the phone."
    WEB = (
        "web",
        "The page stays in the browser’s history. A search for it stays in your search account. "
        "Ask for replies in a way that is safe for you.",
    )
    EMAIL = "email", "The emails stay in your mail account."
    UNSTATED = "unstated", "Not known: readers are told nothing"


class BankHolidays(models.TextChoices):
    CLOSED = "closed", "Closed on bank holidays"
    SAME = "same", "The same on bank holidays"
    CHRISTMAS = "christmas", "The same, but closed on Christmas Day"
    OTHER = "other", "Other hours: the row “Bank holidays” of the table"
    UNKNOWN = "unknown", "Not known: check their website"


class HolidaysOf(models.TextChoices):
    ENGLAND_AND_WALES = "england-and-wales", "England and Wales"
    SCOTLAND = "scotland", "Scotland"
    NORTHERN_IRELAND = "northern-ireland", "Northern Ireland"


class HoursKind(models.TextChoices):
    WEEKLY = "weekly", "The weekly table below"
    ALWAYS = "always", "Day and night, every day"
    UNKNOWN = "unknown", "Not known: check their website"
