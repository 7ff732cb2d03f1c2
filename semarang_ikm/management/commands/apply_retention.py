"""`apply_retention`: ends what is kept no longer. Safe to run at any time; the worker does it once a day."""

from typing import Any

from django.core.management.base import BaseCommand

from sentra.personal_data.retention import end_what_is_over


class Command(BaseCommand):
    help = "Erases what is kept no longer: words of reports, proofs of withdrawn consent, failed logins, old sessions."

    def handle(self, *args: Any, **options: Any) -> None:
        for what, count in end_what_is_over().items():
            if options["verbosity"]:
                self.stdout.write(f"{what}: {count}")
