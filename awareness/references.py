"""What an editor writes in double square brackets, filled when a page is made.

`[[slug]]` is a service of the register, by `signposting.references`; `[[owner]]`, `[[contact]]`,
`[[complaints]]` and `[[data]]` are what only the owner of the site can know.
"""

import re

from django.core.exceptions import ValidationError
from django.utils.html import escape

from safety.identity.in_force import owner
from signposting import references as register
from signposting.releases import in_force

REFERENCE = re.compile(r"\[\[([^\[\]]*)\]\]")
# A paragraph or an item of a list, whole: what names the owner goes with it where nobody is named.
LINE = r"<(p|li)>(?:(?!</?\1>).)*?{}(?:(?!</?\1>).)*</\1>[ \n]*"
# Stands between texts that are filled together; prose can hold no control character.
BETWEEN = "\x1e"


def fill(texts):
    """Return the texts (sanitised HTML) with their references filled, in one query for all.

    Links to sites that were taken off leave their words.
    Raises UnknownService for a service that readers may not see.
    """
    if not texts:
        return []
    return register.fill(fill_owner(register.without_links_off(BETWEEN.join(texts)))).split(BETWEEN)


def fill_owner(html):
    """Put the owner and the contact in their places; unset, the line that asks for one goes."""
    for name, value in said_of_owner().items():
        place = f"[[{name}]]"
        if not value:
            html = re.sub(LINE.format(re.escape(place)), "", html, flags=re.DOTALL)
        html = html.replace(place, escape(value))
    return html


def said_of_owner():
    """Return what may stand in a text of who runs the site: name in brackets -> words or ""."""
    now = owner()
    return {
        "owner": now.organisation,
        "contact": now.contact,
        "complaints": now.complaints,
        "data": now.data_controller,
    }


def known(text):
    """Refuse a reference to what is not in the register. Raises ValidationError."""
    for slug in REFERENCE.findall(fill_owner(text)):
        try:
            register.call_links({slug})
        except register.UnknownService as error:
            raise ValidationError(
                f"There is no service called [[{slug}]] in the register. Check how it is spelled."
            ) from error


def services():
    """Return the services that a page can show, as (slug, name), in the register's order."""
    return [(slug, service.name) for slug, service in in_force().items()]
