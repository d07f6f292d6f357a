"""What a number can cost whoever calls it, in one place."""

from functools import lru_cache

import phonenumbers
from phonenumbers import PhoneNumberType

# Dearer than an ordinary call, or a number that follows people about or beeps.
EXTRA = {
    PhoneNumberType.PREMIUM_RATE,
    PhoneNumberType.SHARED_COST,
    PhoneNumberType.PERSONAL_NUMBER,
    PhoneNumberType.PAGER,
}
# Whatever else is known: these can cost a lot, or look like a mobile and are none (070). The
# database refuses them by their first digits, for it has no library to ask.
NEVER = ("084", "087", "09", "118", "070")
# A wide net for what the library does not know: ranges that nobody has yet, and pagers.
PREFIXES = (*NEVER, "076")


@lru_cache(maxsize=1024)
def costs_extra(dial):
    """Return whether a number, as it is dialled in the United Kingdom, costs extra.

    Ask with digits only. 07624 is a mobile of the Isle of Man, the rest of 076 are pagers.
    """
    try:
        number = phonenumbers.parse(dial, "GB")
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.number_type(number) in EXTRA


def can_cost_extra(dial):
    """Return whether a number may cost extra, for all that is known: the library's word or the net."""
    if costs_extra(dial):
        return True
    return dial.startswith(PREFIXES) and not dial.startswith("07624")
