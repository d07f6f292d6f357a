"""What must be true before the site goes in front of the public."""

from django.conf import settings
from django.core.checks import Tags, Warning, register


@register(Tags.security, deploy=True)
def the_owner_is_named(app_configs, **kwargs):
    """Return a warning for each thing that only the owner can know and has not said."""
    return [
        Warning(
            f"{name} is not set, so readers cannot see it anywhere.",
            hint=f"Put a line such as {name}={example!r} where the service reads its settings.",
            id=f"config.W00{number}",
        )
        for number, (name, example) in enumerate(
            [
                ("SITE_OWNER", "Nottinghamshire Police"),
                ("SITE_CONTACT", "web.team@example.police.uk"),
            ],
            start=1,
        )
        if not getattr(settings, name)
    ]
