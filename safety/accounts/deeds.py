"""What may be done on a screen of the newsroom, and by whom: said on it in words.

Each ModelAdmin says in `deeds` what there is to do. What somebody's role may not do has no button,
so without these words nobody would know that it can be done, or whom to ask.
"""

from collections.abc import Callable
from dataclasses import dataclass

from . import roles

OWN = {"account", "password_change", "password_change_done"}
MINE = (
    "You can change your own password and codes, and end your log-ins. "
    "What you may do here only a manager can change, and nobody changes it for themselves."
)


@dataclass(frozen=True)
class Deed:
    """Something that can be done on the screens of a model.

    `words` follow "You can" and "Only an editor can". `roles` are the groups that have
    `permission`; with none, nobody does it. `why_not` is given somebody who has it, and returns the
    sentence that says why they cannot do it now, or "".
    """

    words: str
    permission: str = ""
    roles: tuple = ()
    why_not: Callable = lambda user: ""


def listed(words, last):
    """Return deeds as one list; a deed may have commas in it."""
    return f"; {last} ".join(filter(None, ["; ".join(words[:-1]), *words[-1:]]))


def sentences(user, deeds):
    """Return what somebody may do of some deeds, and who may do the others."""
    own, refused, others, nobody = [], [], {}, []
    for deed in deeds:
        if not deed.roles:
            nobody.append(deed.words)
        elif not user.has_perm(deed.permission):
            others.setdefault(deed.roles, []).append(deed.words)
        elif why := deed.why_not(user):
            refused.append(why)
        else:
            own.append(deed.words)
    said = [f"You can {listed(own, 'and')}."] if own else []
    said += dict.fromkeys(refused)
    for who, words in others.items():
        someone = " or ".join(roles.ONE[role] for role in who)
        said.append(f"Only {someone} can {listed(words, 'or')}: ask one.")
    if nobody:
        said.append(f"Nobody can {' or '.join(nobody)}.")
    return said


def of(site, name):
    """Return the deeds of the screen with this name in an AdminSite, or None: it has no model."""
    for model, model_admin in site._registry.items():
        if name.startswith(f"{model._meta.app_label}_{model._meta.model_name}_"):
            return model_admin.deeds
    return None


def told(site, request):
    """Return the sentences for the screen that is being shown: never none."""
    match = request.resolver_match
    name = (match and match.url_name) or ""
    deeds = of(site, name)
    if deeds is not None:
        return sentences(request.user, deeds)
    if name in OWN or name.startswith("account_"):
        return [MINE]
    return roles.does(request.user)
