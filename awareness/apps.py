from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AwarenessConfig(AppConfig):
    name = "awareness"
    verbose_name = "Pages and feedback"

    def ready(self):
        from publishing import sources
        from signposting import usage as register

        from . import edition, guards, usage

        sources.register(edition.ROOM)
        register.register(usage.pages)
        post_migrate.connect(guards.guard_releases, sender=self)
