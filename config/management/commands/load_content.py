from django.core.management.base import BaseCommand

from awareness import content as awareness
from cookies import content as cookies
from safety.accounts import roles
from safety.identity import content as identity
from signposting import content as signposting


class Command(BaseCommand):
    help = (
        "Loads the launch content from each app's TOML. Run it as often as you like: "
        "it adds what is missing and never overwrites what somebody changed."
    )

    def handle(self, **options):
        roles.load()
        # The pages refer to the register, so the register comes first.
        for name, app in (
            ("Site", identity),
            ("Register", signposting),
            ("Pages", awareness),
            ("Cookies", cookies),
        ):
            added, kept = app.load()
            self.stdout.write(f"{name}: {added} added, {kept} already there.")
