from django.core.management.base import BaseCommand, CommandError

from publishing import edition, printer


class Command(BaseCommand):
    help = "Prints, checks and lists editions of the site, and goes back to an older one."

    def add_arguments(self, parser):
        actions = parser.add_subparsers(dest="action", required=True, metavar="action")
        actions.add_parser("print", help="print the site as it is now, and serve it")

    def handle(self, action, **options):
        getattr(self, f"{action}_edition")(**options)

    def print_edition(self, **options):
        result = printer.print_edition()
        for problem in result.problems:
            self.stderr.write(str(problem))
        if result.problems:
            raise CommandError("The edition is held up. Readers keep the one they have.")
        made = edition.summary(result.number)
        self.stdout.write(
            f"Edition {result.number} is printed: {len(made['items'])} addresses, {len(made['parts'])} parts."
        )
