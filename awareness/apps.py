from django.apps import AppConfig
from django.db.models.signals import post_migrate

from publishing import frozen


class AwarenessConfig(AppConfig):
    name = "awareness"
    verbose_name = "Pages and feedback"

    def ready(self):
        from safety.accounts import audit
        from signposting import usage as register

        from . import models, usage

        audit.watch(models.Page, *models.Block.kinds.values())
        register.register(usage.pages)
        post_migrate.connect(guard_releases, sender=self)


def guard_releases(sender, using, **kwargs):
    frozen.guard(sender.get_model("Release"), using, may_change=["cancelled_at", "digest"])
