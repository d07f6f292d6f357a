from django.apps import AppConfig


class AwarenessConfig(AppConfig):
    name = "awareness"
    verbose_name = "What stalking is"

    def ready(self):
        from publishing import rooms

        from . import edition

        rooms.register(edition.ROOM)
