from django.apps import AppConfig


class SafetyConfig(AppConfig):
    name = "safety"
    verbose_name = "The reader's safety"

    def ready(self):
        from . import logins  # noqa: F401
