from contextlib import suppress

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from publishing.backups import BackupError
from publishing.backups.restore import restore
from publishing.printing import editions


class Command(BaseCommand):
    help = (
        "Puts a backup back onto a machine whose database is empty, and makes it ready to serve. "
        "Set SECRET_KEY and DATABASE_URL first, as they were."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", help="a file that manage.py backup has written")

    def handle(self, file, **options):
        try:
            since = restore(file)
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{file} is put back.")
        if since:
            # The register of the backup has them still: a new print would bring them back.
            with suppress(editions.Damaged):
                editions.go_back_to(editions.current_number())
            # A number that nobody has is in a longer line too, with whose it was.
            owned = {line.split(" ")[0] for line in since if " " in line}
            since = [line for line in since if line not in owned]
            raise CommandError(
                f"Taken off after this backup was made: {', '.join(since)}. Readers keep what they "
                "have. Take them off again in the newsroom, then type: "
                "manage.py edition rollback --release, and manage.py prepare"
            )
        call_command("prepare", stdout=self.stdout, stderr=self.stderr)
