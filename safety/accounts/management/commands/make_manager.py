from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from safety.accounts import audit, links, roles
from safety.accounts.models import Entry
from safety.accounts.views.lost import take_off


class Command(BaseCommand):
    help = (
        "Makes a manager's account, or helps a manager who has lost password and codes. Prints a "
        "link with which they choose a password; it works once, for a day."
    )

    def add_arguments(self, parser):
        parser.add_argument("name", help="what they type to log in")
        parser.add_argument("--email", default="", help="where they are told of changes")

    def handle(self, name, email, **options):
        users = get_user_model().objects
        managers, _ = Group.objects.get_or_create(name=roles.MANAGERS)
        user = users.filter(username=name).first()
        if user is None:
            user = users.model(username=name, email=email, is_staff=True)
            user.set_unusable_password()
            try:
                user.full_clean()
            except ValidationError as error:
                raise CommandError(" ".join(error.messages)) from error
            user.save()
            user.groups.add(managers)
        elif managers not in user.groups.all() or not user.is_active:
            raise CommandError(
                f"{name} has an account that is no manager's, or is switched off. "
                "Give another name."
            )
        else:
            take_off(user)
        audit.write(Entry.Action.LINK, user, words=str(user))
        self.stdout.write(f"With this link {user} chooses a password. It works once, for a day:")
        self.stdout.write(links.make(user, "handed"))
