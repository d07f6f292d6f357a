"""What the site itself begins with: a file of its content, or the settings of the machine."""

from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.db import transaction

from safety.accounts.roles import EDITORS, KEEPERS

from . import marks, toml_files
from .models import Look, Owner, printed
from .models.owners import SAID

FILE = "site.toml"


@transaction.atomic
def load():
    """Fill an empty database from site.toml of CONTENT_DIR, or from the settings.

    Return how many things were added, and how many were there. What is there stays.
    """
    make_groups()
    folder = settings.CONTENT_DIR
    said = read(folder)
    added = 0
    try:
        if not (Look.objects.exists() or printed.lost(Look, "made_at")) and (
            wanted := said.get("look")
        ):
            begin_look(wanted, folder)
            added += 1
        if not (Owner.objects.exists() or printed.lost(Owner, "agreed_at")):
            owner = Owner.of_settings()
            for name, value in said.get("owner", {}).items():
                if name not in SAID:
                    raise ValidationError(f"{FILE}: there is no “{name}” in [owner].")
                # What the machine's own settings say is newer than a file.
                if not getattr(owner, name) or name == "exit_url":
                    setattr(owner, name, value)
            owner.reason = "What the site began with, loaded by whoever runs it."
            owner.agree()
            added += 1
    except ValidationError as error:
        raise CommandError(f"{FILE}: {' '.join(error.messages)}") from error
    return added, 2 - added


def read(folder):
    file = Path(folder or "") / FILE
    return toml_files.read(file) if folder and file.is_file() else {}


def begin_look(wanted, folder):
    wanted = dict(wanted)
    mark = wanted.pop("mark", "")
    try:
        look = Look(**wanted)
    except TypeError as error:
        raise ValidationError(f"[look]: {error}.") from None
    look.clean()
    if mark:
        upload = BytesIO((Path(folder) / mark).read_bytes())
        upload.size = len(upload.getvalue())
        mark = marks.read(upload)
    look.dress(mark)
    look.put_in_force()


def make_groups():
    """Editors make the look and the notices; keepers say who runs the site."""
    for name, models in ((EDITORS, ["look", "urgentnotice"]), (KEEPERS, ["owner"])):
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.add(
            *Permission.objects.filter(
                content_type__app_label="identity", content_type__model__in=models
            )
        )
