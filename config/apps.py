from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """The site as a whole: its checks and its commands; no models, pages or words."""

    name = "config"

    def ready(self):
        from . import checks  # noqa: F401
