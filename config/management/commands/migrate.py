"""Django's command, with each migration and the record of it in one transaction.

Django writes the record after the transaction where something is left for its end, such as an index:
killed in between, the migration is begun again and finds its own tables. SQLite keeps it as Django has
it: there a table is made anew outside of a transaction.
"""

from contextlib import nullcontext

from django.core.management.commands import migrate
from django.db import transaction
from django.db.migrations.executor import MigrationExecutor


class Executor(MigrationExecutor):
    def apply_migration(self, state, migration, *args, **kwargs):
        with self.whole(migration):
            return super().apply_migration(state, migration, *args, **kwargs)

    def unapply_migration(self, state, migration, *args, **kwargs):
        with self.whole(migration):
            return super().unapply_migration(state, migration, *args, **kwargs)

    def whole(self, migration):
        together = self.connection.vendor == "postgresql" and migration.atomic
        return transaction.atomic(self.connection.alias) if together else nullcontext()


class Command(migrate.Command):
    def handle(self, *args, **options):
        # The name by which Django's command makes its own.
        migrate.MigrationExecutor = Executor
        return super().handle(*args, **options)
