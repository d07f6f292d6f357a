from django.apps import AppConfig


class CookiesConfig(AppConfig):
    """Consent: the only door to django-cookie-consent."""

    name = "cookies"
    verbose_name = "Cookies"

    def ready(self):
        from . import checks  # noqa: F401
