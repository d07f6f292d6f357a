from django.apps import AppConfig


class CookiesConfig(AppConfig):
    """Consent: the only door to django-cookie-consent."""

    name = "cookies"
    verbose_name = "Cookies"

    def ready(self):
        from publishing import sources

        from . import checks, consent_html  # noqa: F401
        from .paths import COOKIE_PAGES

        sources.register(
            sources.Room(
                name="cookies",
                addresses=lambda moment: [sources.Address(path) for path in COOKIE_PAGES],
                parts=consent_html.parts,
            )
        )
