from django.apps import AppConfig


class SignpostingConfig(AppConfig):
    name = "signposting"
    verbose_name = "The register of help"

    def ready(self):
        from publishing import rooms

        from . import edition

        rooms.register(
            rooms.Room(
                "signposting",
                addresses=edition.addresses,
                numbers=edition.numbers,
                next_moment=edition.next_moment,
            )
        )
