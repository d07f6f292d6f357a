"""What an editor writes in double square brackets, filled when a page is made.

`[[slug]]` is a service of the register, by `signposting.references`; `[[owner]]` and
`[[contact]]` are what only the owner of the site can know.
"""

import re

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.html import escape

try:
    from signposting import references as register
except ImportError:  # until signposting lands
    register = None

REFERENCE = re.compile(r"\[\[([^\[\]]*)\]\]")
UNSET = "to be confirmed by whoever runs this site"
# Stands between texts that are filled together; prose can hold no control character.
BETWEEN = "\x1e"


def fill(texts):
    """Return the texts (sanitised HTML) with their references filled, in as few queries as one."""
    if not texts:
        return []
    whole = fill_owner(BETWEEN.join(texts))
    return (register.fill(whole) if register else whole).split(BETWEEN)


def fill_owner(html):
    for name, value in (("owner", settings.SITE_OWNER), ("contact", settings.SITE_CONTACT)):
        html = html.replace(f"[[{name}]]", escape(value or UNSET))
    return html


def known(text):
    """Refuse a reference to a service that is not in the register. Raises ValidationError."""
    for slug in REFERENCE.findall(text):
        try:
            fill([f"[[{slug}]]"])
        except LookupError as error:
            raise ValidationError(
                f"There is no service called [[{slug}]] in the register. Check how it is spelled."
            ) from error
