from django.core.management.base import BaseCommand, CommandError

from publishing.backups import BackupError, archive


class Command(BaseCommand):
    help = (
        "Writes one file with the database, the uploads and the editions into BACKUP_DIR, reads it "
        "through, and deletes older ones: 24 hourly, 30 daily and 12 monthly ones are kept."
    )

    def add_arguments(self, parser):
        parser.add_argument("--check", metavar="FILE", help="only read a backup through")

    def handle(self, check, **options):
        try:
            if check:
                archive.check(check)
                self.stdout.write(f"{check} is whole.")
                return
            path, count, gone = archive.make()
        except BackupError as error:
            raise CommandError(str(error)) from error
        size = path.stat().st_size / 1e6
        self.stdout.write(f"{path}: {count} files, {size:.1f} MB, read through.")
        for each in gone:
            self.stdout.write(f"Deleted: {each.name}")
