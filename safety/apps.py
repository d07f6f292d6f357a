from django.apps import AppConfig


class SafetyConfig(AppConfig):
    name = "safety"
    verbose_name = "The reader's safety"

    def ready(self):
        from publishing.sources import Room, register

        from . import addresses, emergency, logins, pages  # noqa: F401

        register(
            Room(
                "safety",
                addresses=addresses.addresses,
                parts=pages.parts,
                numbers=emergency.numbers,
            )
        )
