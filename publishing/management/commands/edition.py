from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils.dateparse import parse_datetime
from django.utils.timezone import localtime

from publishing import gate, sources
from publishing.printing import editions, printer, taken_off
from publishing.printing.lock import Busy
from publishing.problems import Problem

CHOOSE = "Choose another edition."


class Command(BaseCommand):
    help = "Prints, checks and lists editions of the site, and goes back to an older one."

    def add_arguments(self, parser):
        actions = parser.add_subparsers(dest="action", required=True, metavar="action")
        actions.add_parser("print", help="print the site as it is now, and serve it")
        check = actions.add_parser("check", help="compare an edition with its hashes and the gate")
        check.add_argument("number", type=int, nargs="?", help="the current one, if not given")
        actions.add_parser("list", help="list the editions that are kept")
        rollback = actions.add_parser(
            "rollback", help="serve an older edition, and no newer one until --release"
        )
        rollback.add_argument("number", type=int, nargs="?", help="the one before, if not given")
        rollback.add_argument("--release", action="store_true", help="serve new editions again")

    def handle(self, action, **options):
        try:
            getattr(self, f"{action}_edition")(**options)
        except editions.Damaged as error:
            raise CommandError(f"{error} {error.__cause__ or ''}".strip()) from error

    def print_edition(self, **options):
        result = printer.print_edition(tell=self.tell if self.stdout.isatty() else None)
        if result.pinned:
            raise CommandError(
                f"Edition {result.pinned} is pinned, so nothing is printed. To release it, "
                "type: manage.py edition rollback --release"
            )
        if result.number:
            for problem in result.problems:
                self.stderr.write(f"Set aside: {problem}")
        else:
            self.refuse(result.problems, "The edition is held up. Readers keep the one they have.")
        made = editions.summary(result.number)
        self.stdout.write(
            f"Edition {result.number} is printed and served: "
            f"{len(made['items'])} addresses, {len(made['parts'])} parts, "
            + ", ".join(f"{name} {took:.1f} s" for name, took in result.seconds.items())
        )

    def tell(self, done, of):
        self.stdout.write(f"\rMaking {done + 1} of {of}", ending="\n" if done + 1 == of else "")
        self.stdout.flush()

    def refuse(self, problems, sentence):
        for problem in problems:
            self.stderr.write(str(problem))
        if problems:
            raise CommandError(sentence)

    def check_edition(self, number, **options):
        number = number or editions.current_number()
        found = editions.load(number)
        problems = self.gate(found)
        self.refuse(problems, f"Edition {number} is as it was printed, but not right for today.")
        self.stdout.write(f"Edition {number} is whole: {len(found.items)} addresses.")

    def gate(self, found):
        """Return what is wrong with an older edition by today's register."""
        try:
            known = sources.known()
        except DatabaseError as error:
            self.stderr.write(f"The register cannot be read, so numbers are not checked: {error}")
            return []
        off = sorted({*found.numbers, *found.ways} - known.held)
        return [
            *(Problem("The register", f"{way} was taken off or changed.", CHOOSE) for way in off),
            *gate.inspect(found, known, found.numbers),
        ]

    def list_edition(self, **options):
        current, pinned = editions.current_number(), editions.pin()
        for number in editions.stored_numbers():
            marks = {"served": number == current, "pinned": number == pinned}
            try:
                found = editions.summary(number)
                made = localtime(parse_datetime(found["made"]))
                line = f"{made:%-d %B %Y, %H:%M}  {len(found['items'])} addresses"
                if taken_off.held(found) & taken_off.read(editions.root()):
                    line += "  holds what was taken off: never served"
            except editions.Damaged:
                line = "damaged"
            self.stdout.write("  ".join([f"{number:>6}", line, *(m for m in marks if marks[m])]))

    def rollback_edition(self, number, release, **options):
        if release:
            editions.release_pin()
            self.print_edition()
            return
        older = [n for n in editions.stored_numbers() if n < (editions.current_number() or 0)]
        if number is None and not older:
            raise CommandError("There is no older edition to go back to.")
        number = number or older[0]
        found = editions.load(number)
        self.refuse(
            self.gate(found),
            f"Edition {number} would show what is no longer right. Choose another: edition list",
        )
        now = set(editions.summary(editions.current_number())["items"])
        for address in sorted(a for a in set(found.items) - now if found.items[a].kind == "page"):
            self.stdout.write(f"It brings back {address}")
        try:
            printer.go_back_to(number)
        except Busy as error:
            raise CommandError("Another print does not end. Try again in a minute.") from error
        self.stdout.write(
            f"Edition {number} is served and pinned: nothing newer is until you type "
            "manage.py edition rollback --release"
        )
