"""`erase_reports`: empties reports of wrong data whose time is over. Safe to run at any time, best once a day."""

from typing import Any

from django.core.management.base import BaseCommand

from sentra.actions.reports import erase_due


class Command(BaseCommand):
    help = "Erases what senders of reports wrote: 90 days after a report was closed, after 12 months at the latest."

    def handle(self, *args: Any, **options: Any) -> None:
        erased = erase_due()
        if options["verbosity"]:
            self.stdout.write(f"Reports emptied: {erased}.")
