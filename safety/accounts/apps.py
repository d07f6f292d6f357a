from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate

from publishing import frozen


class AccountsConfig(AppConfig):
    name = "safety.accounts"
    label = "accounts"
    verbose_name = "Accounts"

    def ready(self):
        from . import changes, logins  # noqa: F401

        apps.get_app_config("auth").verbose_name = "People"
        post_migrate.connect(guard_entries, sender=self)


def guard_entries(sender, using, **kwargs):
    frozen.guard(sender.get_model("Entry"), using)
