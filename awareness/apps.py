from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AwarenessConfig(AppConfig):
    name = "awareness"
    verbose_name = "What stalking is"

    def ready(self):
        from publishing import rooms

        from . import edition, guards

        rooms.register(edition.ROOM)
        post_migrate.connect(guards.guard_releases, sender=self)
