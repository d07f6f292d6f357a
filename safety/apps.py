from django.apps import AppConfig


class SafetyConfig(AppConfig):
    name = "safety"
    verbose_name = "The reader's safety"

    def ready(self):
        from publishing.sources import Room, register

        from . import edition_source, emergency, logins  # noqa: F401
        from .error_pages import styled

        register(
            Room(
                "safety",
                addresses=edition_source.addresses,
                parts=styled.parts,
                numbers=emergency.numbers,
            )
        )
