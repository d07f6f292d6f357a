"""What must be true of the registry before anybody is asked to agree to it."""

from django.core.checks import Error, register

from . import consent_html, registry


@register()
def what_is_asked_has_its_own_policy_number(app_configs, **kwargs):
    """Return an error when the words or the list changed and the policy number did not."""
    digest = consent_html.shown()
    if digest == registry.DIGEST:
        return []
    return [
        Error(
            "What readers are asked to agree to has changed.",
            hint=(
                "In cookies/registry.py, raise POLICY by one, set SINCE to today and put "
                f'DIGEST = "{digest}" below it. Everybody will be asked again.'
            ),
            id="cookies.E001",
        )
    ]
