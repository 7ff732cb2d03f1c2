"""What the purge of a person takes out of frozen editions (sentra.actions.purging): words, photos, stored files.

The edition stays on its shelf, without that person; its stored files can no longer be what was printed, so they go.
"""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from promotions.actions.editions import purge_files
from promotions.editions.masking import masked
from promotions.models import CatalogueEdition, EditionDocument, EditionFile, EditionPhoto
from promotions.withdrawing import carried_by
from semarang_ikm.shared.files import own_files, remove_after_commit
from semarang_ikm.shared.time import today
from sentra.actions.purging import Goes, Purger, register
from sentra.choices import PersonalField
from sentra.consent import Subject


def _tell(subject: Subject) -> Iterator[Goes]:
    editions = [edition.pk for edition, _fields in carried_by(subject)]
    yield Goes(_("edisi katalog yang memuatnya, dengan berkas PDF-nya"), len(editions))


def _erase(subject: Subject) -> None:
    for edition, fields in list(carried_by(subject)):
        _rewrite(edition, subject.code, fields)
        EditionFile.objects.filter(edition=edition, restricted_on__isnull=True).update(restricted_on=today())
        purge_files(edition=edition, by=None)


def _rewrite(edition: CatalogueEdition, code: str, fields: frozenset[str]) -> None:
    portraits: set[str] = set()
    for row in EditionDocument.objects.filter(edition=edition):
        content = row.content
        portraits |= set(content["personal"].get(code, {}).get(PersonalField.PORTRAIT, ()))
        kept = {other: values for other, values in content["personal"].items() if other != code}
        row.content = {**content, "catalogue": masked(content, {code: fields}), "personal": kept}
        row.redacted_on = today()
        row.save(update_fields=["content", "redacted_on"])
    photos = list(EditionPhoto.objects.filter(edition=edition, code__in=portraits))
    EditionPhoto.objects.filter(pk__in=[photo.pk for photo in photos]).delete()
    remove_after_commit([file for photo in photos for file in own_files(photo)], for_good=True)


register(Purger(_tell, _erase))
