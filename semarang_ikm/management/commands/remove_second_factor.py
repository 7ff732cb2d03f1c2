"""For the administrator who lost the telephone and whom nobody else can help: the second step of one account is taken away."""

from typing import Any

from axes.utils import reset
from django.contrib.auth.models import User
from django.core.management import BaseCommand, CommandError, CommandParser

from semarang_ikm.accounts import second_factor
from sentra.choices import ChangeKind
from sentra.history import recording


class Command(BaseCommand):
    help = "Take the telephone and the recovery codes of one account away; the password alone then opens it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--reason", required=True, help="stays in the account's history")

    def handle(self, *args: Any, username: str, reason: str, **options: Any) -> None:
        try:
            user = User.objects.get_by_natural_key(username)
        except User.DoesNotExist as missing:
            raise CommandError(f"There is no account {username}.") from missing
        if not reason.strip():
            raise CommandError("Say why: --reason '...'.")
        with recording(kind=ChangeKind.EDIT, by=None, why=reason.strip()):
            if not second_factor.remove(user=user, by=None):
                raise CommandError(f"{username} has no second step.")
        reset(username=username)
        self.stdout.write(f"{username} signs in with the password alone, until another telephone is set up.")
