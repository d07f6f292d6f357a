from django.apps import AppConfig


class SignpostingConfig(AppConfig):
    name = "signposting"
    verbose_name = "The register of help"

    def ready(self):
        from publishing import sources

        from . import edition_source

        sources.register(
            sources.Room(
                "signposting",
                addresses=edition_source.addresses,
                numbers=edition_source.numbers,
                next_moment=edition_source.next_moment,
            )
        )
