"""Where managers begin their work, on the first page of the newsroom."""

from django.urls import reverse

from publishing.desk import DeskSource, register

from .accounts.roles import MAY_MANAGE


def starts(request, now):
    if request.user.has_perm(MAY_MANAGE):
        yield "Look after people’s accounts", reverse("admin:auth_user_changelist")
        yield "Read the audit trail", reverse("admin:accounts_entry_changelist")


register(DeskSource("accounts", starts=starts))
