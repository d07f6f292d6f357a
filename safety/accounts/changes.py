"""Notices changes to people's accounts at whatever door they come in: form, command or shell.

Each goes into the audit trail and to its owner, begins a day of waiting where somebody else
made it, and ends sessions where the password is new.
"""

from django.contrib.auth import get_user_model
from django.db.models.signals import m2m_changed, post_save, pre_save
from django.dispatch import receiver

from . import acting, audit, mail, sessions, waiting
from .models import Account, Entry

User = get_user_model()
Set = Account.Set
FIELDS = ("username", "first_name", "last_name", "email", "is_active", "is_staff", "is_superuser")


def own(user):
    """Return whether it is the owner of an account who changes it."""
    by = acting.user()
    return getattr(user, "own_link", False) or (by is not None and by.pk == user.pk)


@receiver(pre_save, sender=User, dispatch_uid="accounts.before")
def user_will_be_saved(sender, instance, raw=False, **kwargs):
    """Remember what was. `_password` is Django's mark of a password that somebody set."""
    instance.sets_password = instance._password is not None and not raw
    instance.was = User.objects.filter(pk=instance.pk).values(*FIELDS).first()


@receiver(post_save, sender=User, dispatch_uid="accounts.after")
def user_is_saved(sender, instance, created, update_fields=None, **kwargs):
    saved = [field for field in FIELDS if update_fields is None or field in update_fields]
    became = {field: getattr(instance, field) for field in saved}
    if created:
        waiting.begin(instance, Set.NEW)
        audit.write(Entry.Action.ADDED, instance, words=str(instance), after=became)
        return
    before, after = audit.difference(instance.was or {}, became)
    if after:
        audit.write(Entry.Action.CHANGED, instance, words=str(instance), before=before, after=after)
    if after.get("is_active") is False:
        sessions.end(instance)
    if instance.sets_password:
        by_owner = own(instance)
        if not by_owner:
            waiting.begin(instance, Set.PASSWORD)
        sessions.end(instance, keep=acting.session() if by_owner else None)
        who = {"user": instance} if getattr(instance, "own_link", False) else {}
        audit.write(Entry.Action.PASSWORD, instance, words=str(instance), **who)
        mail.tell(instance, "The password of your account was set.")


@receiver(m2m_changed, sender=User.groups.through, dispatch_uid="accounts.groups")
def groups_are_changed(sender, instance, action, reverse, pk_set, **kwargs):
    people = User.objects.filter(pk__in=pk_set or ()) if reverse else [instance]
    if reverse and action.endswith("clear"):
        people = instance.user_set.all() if action == "pre_clear" else instance.were
    if action.startswith("pre"):
        instance.were = list(people)
        instance.groups_were = {user.pk: names(user) for user in people}
        return
    for user in people:
        before, after = instance.groups_were.get(user.pk, []), names(user)
        if before != after:
            waiting.begin(user, Set.GROUPS)
            audit.write(
                Entry.Action.GROUPS,
                user,
                words=str(user),
                before={"groups": before},
                after={"groups": after},
            )
            mail.tell(user, f"The groups of your account are now: {', '.join(after) or 'none'}.")


def names(user):
    return sorted(user.groups.values_list("name", flat=True))
