"""What must be true before the site goes in front of the public."""

from django.core.checks import Tags, Warning, register
from django.db import DatabaseError

from safety.identity import in_force
from safety.identity.models import Owner

# The field of who runs the site -> the setting that fills an empty database with it.
SAID = {
    "organisation": ("SITE_OWNER", "Nottinghamshire Police"),
    "contact": ("SITE_CONTACT", "web.team@example.police.uk"),
}


@register(Tags.security, deploy=True)
def the_owner_is_named(app_configs, **kwargs):
    """Return a warning for each thing that only the owner can know and has not said."""
    try:
        said = in_force.owner()
    except DatabaseError:  # none yet: it will be filled with what the settings say
        said = Owner.of_settings()
    return [
        Warning(
            f"{name} is not set, so readers cannot see it anywhere.",
            hint="Two register keepers can say it in the newsroom, in “Who runs this site”. Before "
            f"the first start, put a line such as {name}={example!r} where the service reads its "
            "settings.",
            id=f"config.W00{number}",
        )
        for number, (field, (name, example)) in enumerate(SAID.items(), start=1)
        if not getattr(said, field)
    ]
