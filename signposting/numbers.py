"""Numbers and addresses as people type them. Source: reference data-standards.md section 5."""

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, URLValidator

from publishing.rates import can_cost_extra

NBSP = "\N{NO-BREAK SPACE}"


def dial_of(display):
    """Return the digits to dial for a number as it is shown, such as "0808 802 0300".

    Raises ValidationError with a sentence that starts with the field's name.
    """
    display = display.strip(" ")
    if not display:
        raise ValidationError("Number: type the number.")
    if any(character.isalpha() for character in display):
        raise ValidationError("Number: use digits, not letters.")
    if any(character.isdigit() and character not in "0123456789" for character in display):
        raise ValidationError("Number: type it with the digits 0 to 9 of your own keyboard.")
    if any(not character.isprintable() for character in display):
        raise ValidationError(
            "Number: it holds a character that cannot be seen. Type it by hand, do not paste it."
        )
    if any(character not in "0123456789 " for character in display):
        raise ValidationError("Number: use digits and spaces only, as in 0808 802 0300.")
    if "  " in display:
        raise ValidationError("Number: leave one space between groups, not two.")
    dial = display.replace(" ", "")
    if not 3 <= len(dial) <= 15:
        raise ValidationError("Number: it must have 3 to 15 digits.")
    if can_cost_extra(dial):
        raise ValidationError(
            "Number: this kind of number can cost a lot, as those that start 084, 087, 09, 118 or "
            "070 do. We do not print them."
        )
    return dial


def web_address_of(typed):
    """Return a web address that is safe to print. Raises ValidationError with a sentence."""
    return checked(
        typed,
        URLValidator(schemes=["https"]),
        "Web address: type it whole, as in https://example.org. It must start with https.",
    )


def email_address_of(typed):
    """Return an email address that is safe to print. Raises ValidationError with a sentence."""
    return checked(typed, EmailValidator(), "Email address: type it whole, as in help@example.org.")


def checked(typed, validator, words):
    typed = typed.strip(" ")
    # A letter of another script can look like one of ours and lead somewhere else.
    if not typed.isascii():
        raise ValidationError("Address: use plain letters from a to z, without accents.")
    try:
        validator(typed)
    except ValidationError:
        raise ValidationError(words) from None
    return typed
