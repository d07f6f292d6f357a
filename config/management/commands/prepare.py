import contextlib
import fcntl
import hashlib
import os
import secrets
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from publishing.printing import editions, records
from safety.accounts import audit, roles
from safety.accounts.models import Entry

LOGINS = {
    "writer": roles.WRITERS,
    "editor": roles.EDITORS,
    "keeper": roles.KEEPERS,
    "keeper2": roles.KEEPERS,
    "manager": roles.MANAGERS,
}


# What a start may write, in bytes: the database's journal, an edition.
ROOM = 8 * 1024 * 1024


def no_room():
    """Return why nothing can be written in DATA_DIR, such as a full disk; "" if it can."""
    probe = settings.DATA_DIR / ".room"
    try:
        with probe.open("wb") as handle:
            handle.write(bytes(ROOM))
            handle.flush()
            os.fsync(handle.fileno())
    except OSError as error:
        return error.strerror
    finally:
        with contextlib.suppress(OSError):
            probe.unlink()
    return ""


def fingerprint():
    """Return what changes whenever a static file does: names, sizes and times of all sources."""
    files = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            about = Path(storage.path(name)).stat()
            files.update(f"{name} {about.st_size} {about.st_mtime_ns}\n".encode())
    return files.hexdigest()


class Command(BaseCommand):
    help = (
        "Makes this machine's own copy ready to serve: database, files, content, logins, edition."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--begin-anew",
            action="store_true",
            help="fill an empty database with the launch content, though there are editions",
        )

    def handle(self, begin_anew, **options):
        if why := no_room():
            self.serve_what_there_is(why)
            return
        # Two first starts on one data folder: the second waits, then finds all done.
        with (settings.DATA_DIR / ".prepare").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            self.look_for_a_lost_database(begin_anew)
            self.migrate()
            self.collect_static_files()
            call_command("load_content", stdout=self.stdout)
            if settings.LOCAL:
                self.make_local_logins()
            self.print_edition()
            self.note_the_first_time()
        self.stdout.write(self.style.SUCCESS(f"Ready. The site is at {settings.SITE_URL}"))

    def serve_what_there_is(self, why):
        """Let the start go on where nothing can be written: readers need only an edition.

        Nothing is brought up to date. Raises CommandError without an edition.
        """
        found, _ = editions.load_best()
        sentence = f"Nothing can be written in {settings.DATA_DIR}: {why}."
        if not found:
            raise CommandError(f"{sentence} Make room, then type this again.")
        self.stderr.write(
            self.style.ERROR(
                f"{sentence} Readers get edition {found.number}. Until there is room, staff can "
                "change nothing. Make room, then start again."
            )
        )

    def look_for_a_lost_database(self, begin_anew):
        """Stop where the database is empty and editions were printed: it was lost, not begun.

        Filled with the launch content it would bring back what was changed since.
        """
        file = settings.SQLITE_FILE
        is_there = not file or file.exists()
        if is_there and connection.introspection.table_names():
            return
        printed = editions.stored_numbers() or editions.stored_numbers(editions.second())
        if printed and not begin_anew:
            raise CommandError(
                f"The database is empty, but there are editions in {settings.EDITIONS_DIR}: it was "
                "lost. Put its backup back (docs/operating.md, Back up) and type this again. "
                "Readers keep the edition they have. Only to begin anew with the launch content, "
                "type: manage.py prepare --begin-anew"
            )
        records.begin_anew()
        if file:
            file.touch(mode=0o600)

    def migrate(self):
        """Bring the database up to date, however long a large table takes.

        The limits of settings.POSTGRESQL are for requests.
        """
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET statement_timeout = 0; SET lock_timeout = 0")
        else:
            # What an older version made is open to every user of the machine.
            file = settings.SQLITE_FILE
            for each in file.parent.glob(f"{file.name}*"):
                each.chmod(0o600)
        call_command("migrate", verbosity=0)
        connection.close()

    def collect_static_files(self):
        """Hash and compress the static files, unless none of them has changed.

        It is a third of a first start: five seconds of sixteen, measured on two cores.
        """
        mark = settings.STATIC_ROOT / ".collected"
        found = fingerprint()
        if mark.exists() and mark.read_text() == found:
            return
        call_command("collectstatic", verbosity=0, interactive=False)
        mark.write_text(found)

    def print_edition(self):
        """Print; if the gate holds the edition up, say why and start all the same.

        Readers then have the last edition or the emergency page, and staff the admin.
        """
        try:
            call_command("edition", "print", stdout=self.stdout, stderr=self.stderr)
        except CommandError as error:
            self.stderr.write(self.style.ERROR(str(error)))

    def note_the_first_time(self):
        """From now on whoever is new waits a day before they agree changes of the register."""
        if not Entry.objects.filter(action=Entry.Action.PREPARED).exists():
            audit.write(Entry.Action.PREPARED)

    def make_local_logins(self):
        """Make a login for each of the jobs, two for keepers, the first time, and print them."""
        users = get_user_model().objects
        if users.exists():
            return
        self.stdout.write(f"Five logins for {settings.SITE_URL}/admin/, shown this once:")
        for name, group in LOGINS.items():
            password = secrets.token_urlsafe(12)
            user = users.create_user(name, password=password, is_staff=True)
            user.groups.add(Group.objects.get(name=group))
            self.stdout.write(f"  {name}  {password}")
