"""Words and choices that several models share. Sources: facts/helplines.md sections 1 and 2."""

from django.db import models


class Confidence(models.TextChoices):
    TWO = "two", "Two or more published pages agree"
    ONE = "one", "One published page"
    CONFLICT = "conflict", "Published pages disagree"
    UNCONFIRMED = "unconfirmed", "Not confirmed"


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
    FREE = "free", "Free (not confirmed) from UK landlines and mobiles."
    STANDARD = "standard", "Not free. It costs the same as a call to a number that starts 01 or 02."
    STANDARD_03 = (
        "standard-03",
        "Not free. It costs no more than a call to a number that starts 01 or 02.",
    )
    FREE_ONLINE = "free-online", "Free (not confirmed). You may pay for your data."
    UNSTATED = "unstated", "We do not know the cost."


class Trace(models.TextChoices):
    CALL = "call", "The call stays in the phone’s list of calls. It may be on the bill."
    TEXT = "text", "The texts stay on the phone."
    WEB = (
        "web",
        "The page stays in the browser’s history. A search for it stays in your search account. "
        "Ask for replies in a way that is safe for you.",
    )
    EMAIL = "email", "The emails stay in your mail account."
    UNSTATED = "unstated", "We do not know what it leaves behind."


class BankHolidays(models.TextChoices):
    CLOSED = "closed", "Closed on bank holidays"
    SAME = "same", "The same on bank holidays"
    CHRISTMAS = "christmas", "The same, but closed on Christmas Day"
    OTHER = "other", "Other hours: the row “Bank holidays” of the table"
    UNKNOWN = "unknown", "Not known"


class HolidaysOf(models.TextChoices):
    ENGLAND_AND_WALES = "england-and-wales", "England and Wales"
    SCOTLAND = "scotland", "Scotland"
    NORTHERN_IRELAND = "northern-ireland", "Northern Ireland"


class HoursKind(models.TextChoices):
    WEEKLY = "weekly", "The weekly table below"
    ALWAYS = "always", "24 hours, every day"
    UNKNOWN = "unknown", "Not known"
