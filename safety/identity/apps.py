from django.apps import AppConfig
from django.db.models.signals import post_migrate

from publishing import frozen


class IdentityConfig(AppConfig):
    name = "safety.identity"
    label = "identity"
    verbose_name = "This site"

    def ready(self):
        from safety.accounts import audit

        from .models import Look, Owner, UrgentNotice

        audit.watch(Look, Owner, UrgentNotice)
        post_migrate.connect(guard, sender=self)


def guard(sender, using, **kwargs):
    frozen.guard(sender.get_model("Look"), using, may_change=["digest"])
    settled = ["agreed_by", "agreed_at", "dropped_at", "digest"]
    frozen.guard(sender.get_model("Owner"), using, may_change=settled)
