from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AccountsConfig(AppConfig):
    name = "safety.accounts"
    label = "accounts"
    verbose_name = "Accounts"

    def ready(self):
        from . import changes, triggers  # noqa: F401

        post_migrate.connect(triggers.guard_entries, sender=self)
