from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AwarenessConfig(AppConfig):
    name = "awareness"
    verbose_name = "Pages and feedback"

    def ready(self):
        from publishing import sources
        from signposting import usage as register

        from . import edition_source, triggers, usage

        sources.register(edition_source.ROOM)
        register.register(usage.pages)
        post_migrate.connect(triggers.guard_releases, sender=self)
