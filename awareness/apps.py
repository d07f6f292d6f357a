from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AwarenessConfig(AppConfig):
    name = "awareness"
    verbose_name = "Pages and feedback"

    def ready(self):
        from signposting import usage as register

        from . import triggers, usage

        register.register(usage.pages)
        post_migrate.connect(triggers.guard_releases, sender=self)
