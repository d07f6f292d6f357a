from django.apps import AppConfig


class SignpostingConfig(AppConfig):
    name = "signposting"
    verbose_name = "The register of help"

    def ready(self):
        from publishing import sources

        from . import edition

        sources.register(
            sources.Room(
                "signposting",
                addresses=edition.addresses,
                numbers=edition.numbers,
                next_moment=edition.next_moment,
            )
        )
