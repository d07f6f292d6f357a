"""Notices, at whatever door they come in, changes to accounts that begin a day of waiting."""

from django.contrib.auth import get_user_model
from django.db.models.signals import m2m_changed, post_save, pre_save
from django.dispatch import receiver

from . import acting, waiting
from .models import Account

User = get_user_model()
Set = Account.Set


@receiver(pre_save, sender=User, dispatch_uid="accounts.password")
def password_is_set(sender, instance, raw=False, **kwargs):
    """Note that somebody else sets a password. `_password` is Django's mark of a new one."""
    by = acting.user()
    own = by is not None and by.pk == instance.pk
    instance.password_set_by_other = (
        instance.pk is not None and instance._password is not None and not own and not raw
    )


@receiver(post_save, sender=User, dispatch_uid="accounts.user")
def user_is_saved(sender, instance, created, **kwargs):
    if created:
        waiting.begin(instance, Set.NEW)
    elif instance.password_set_by_other:
        waiting.begin(instance, Set.PASSWORD)


@receiver(m2m_changed, sender=User.groups.through, dispatch_uid="accounts.groups")
def groups_are_changed(sender, instance, action, reverse, model, pk_set, **kwargs):
    if action not in ("post_add", "post_remove", "post_clear"):
        return
    people = User.objects.filter(pk__in=pk_set or ()) if reverse else [instance]
    for user in people:
        if pk_set or action == "post_clear":
            waiting.begin(user, Set.GROUPS)
