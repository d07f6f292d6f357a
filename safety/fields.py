from django.conf import settings
from django.db import models


def account(**options):
    """Return a field for who did something: an account that stays as long as it is named here.

    Empty where it was the operator, or content that was loaded.
    """
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", **options
    )
