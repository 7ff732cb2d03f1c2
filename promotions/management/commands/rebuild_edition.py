"""`manage.py rebuild_edition E-2026-2`: whether an edition set in type again is the stored one, and if not, what changed."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from promotions.catalogue.pdf import PdfUnavailable
from promotions.editions.rebuilding import Rebuilt, Words, rebuild, words_of
from promotions.models import CatalogueEdition, EditionDocument


class Command(BaseCommand):
    help = "Set the stored files of a published edition in type again and compare them byte by byte. Stores nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code", help="for example E-2026-2")

    def handle(self, *args: Any, code: str, **options: Any) -> None:
        edition = CatalogueEdition.objects.filter(code=code.upper()).first()
        if edition is None:
            raise CommandError(f"There is no edition {code}.")
        words = [self._look_at(document) for document in edition.documents.all()]
        try:
            results = [self._tell(result) for result in rebuild(edition)]
        except PdfUnavailable as reason:
            raise CommandError(f"{reason.missing} is not installed here.") from reason
        if not results:
            raise CommandError(f"{edition.code} has no stored file.")
        if Words.ALTERED in words:
            raise CommandError("The stored words are not those that were published.")
        if not all(results):
            raise CommandError("Not every file came out the same. The stored file is the edition.")

    def _look_at(self, document: EditionDocument) -> Words:
        found = words_of(document)
        name = f"{document.edition.code} {document.language}"
        if found == Words.REDACTED:
            day = document.redacted_on
            self.stdout.write(f"{name}: somebody was taken out on {day}; what was printed cannot be set again")
        else:
            self.stdout.write(f"{name}: the words are {found.value} ({document.sha256[:12]})")
        return found

    def _tell(self, result: Rebuilt) -> bool:
        file = result.file
        name = f"{file.edition.code} {file.language} {file.paper} {file.variant}"
        if result.is_same:
            self.stdout.write(f"{name}: the same bytes ({file.sha256[:12]})")
        else:
            self.stdout.write(f"{name}: other bytes")
        for what, (then, now) in result.differences.items():
            self.stdout.write(f"  {what}: {then} then, {now} now")
        return result.is_same
