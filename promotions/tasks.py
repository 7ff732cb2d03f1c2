"""What the worker does for editions (docs/adr/0016-background-work.md)."""

from hashlib import sha256

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _
from django_tasks import task

from promotions.book.measure import Measure
from promotions.catalogue.pdf import PdfUnavailable
from promotions.editions.reading import make_pdf
from promotions.models import EditionFile
from semarang_ikm.shared.background import WorkRefused, working

# Read, set, stored.
STEPS = 3


@task()
def build_edition_file(pk: int) -> None:
    """Make the PDF of an edition and store it with its hash. One that is stored already is left alone."""
    record = EditionFile.objects.select_related("edition").filter(pk=pk, file="").first()
    if record is None:
        return
    with working(record):
        contents = [row.content for row in record.edition.documents.all()]
        photos = {}
        for photo in record.edition.photos.all():
            with photo.image.open() as stored:
                photos[photo.key] = stored.read()
        record.report(1, STEPS)
        try:
            measure = Measure(record.paper, record.edition.density, record.variant)
            made = make_pdf(contents, photos, measure)
        except PdfUnavailable as reason:
            refusal = _("PDF tidak dapat dibuat di komputer ini: %(missing)s belum terpasang.")
            raise WorkRefused(refusal % {"missing": reason.missing}) from reason
        record.report(2, STEPS)
        with transaction.atomic():
            record.sha256, record.size, record.pages = sha256(made.pdf).hexdigest(), len(made.pdf), made.pages
            record.made_with = made.made_with
            record.file.save(f"{record.edition.code}.pdf", ContentFile(made.pdf), save=False)
            record.save(update_fields=["file", "sha256", "size", "pages", "made_with"])
