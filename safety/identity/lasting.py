"""Words that stand on many pages hold no number and no address that could be taken off.

With one, no page could be printed once it was: one person's words and another's take-off would
hold up everything.
"""

from django.core.exceptions import ValidationError

from publishing.gate import Facts, contacts_in, digits
from publishing.sources import Known

from .. import emergency

REFUSED = (
    "“{}” reads as a number or an address. These words stand on many pages, so they hold none but "
    "those of the emergency card: what is taken off must not stay there. Name the service: readers "
    "find its number on the help page."
)


def refuse_contacts(instance, *names):
    """Refuse a number or an address in these fields of an instance. Raises ValidationError."""
    facts = Facts(
        known=Known(numbers=tuple(emergency.numbers()), addresses=tuple(emergency.addresses()))
    )
    found = {name: wrong_in(getattr(instance, name), facts) for name in names}
    if wrong := {name: sentences for name, sentences in found.items() if sentences}:
        raise ValidationError(wrong)


def wrong_in(words, facts):
    # Pictures of digits and letters that imitate others are read as what they show.
    strange = [REFUSED.format("".join(sorted(found)))] if (found := digits.strange(words)) else []
    return strange + [
        REFUSED.format(shown)
        for kind, shown in contacts_in(words)
        if kind == "spelled"
        or not (facts.has_address(shown) if kind == "address" else facts.has_number(shown))
    ]
