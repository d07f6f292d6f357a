from django.apps import AppConfig
from django.db.models.signals import post_migrate

from publishing import frozen


class SignpostingConfig(AppConfig):
    name = "signposting"
    verbose_name = "The register of help"

    def ready(self):
        from safety.accounts import audit

        from . import models

        audit.watch(
            models.Area,
            models.HeadingsRelease,
            models.LinkHost,
            models.Need,
            models.Organisation,
            models.Service,
            models.Route,
            models.WeeklyHours,
            models.Check,
        )
        post_migrate.connect(guard_releases, sender=self)


def guard_releases(sender, using, **kwargs):
    frozen.guard(sender.get_model("Release"), using)
