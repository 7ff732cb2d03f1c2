"""What the worker does for editions (docs/adr/0016-background-work.md)."""

import hashlib
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_tasks import task

from promotions.actions import releasing
from promotions.catalogue.pdf import PdfUnavailable
from promotions.editions.freezing import material_of
from promotions.editions.making import write_file
from promotions.models import EditionFile, EditionFreezing, LayoutCheck
from promotions.preflight import measuring
from semarang_ikm.shared.background import WorkRefused, WorkState, working


@task()
def freeze_edition(pk: int) -> None:
    """Publish an edition that was asked for, or say why it is not published. One that was done is left alone."""
    rows = EditionFreezing.objects.select_related("edition", "asked_by").exclude(work_state=WorkState.DONE)
    work = rows.filter(pk=pk).first()
    if work is None:
        return
    with override(work.language):
        with working(work):
            releasing.carry_out(work)
        if work.work_state == WorkState.FAILED:
            releasing.not_published(work)


@task()
def build_edition_file(pk: int) -> None:
    """Make a PDF of an edition and store it with its hash. One that is stored already is left alone."""
    record = EditionFile.objects.select_related("edition").filter(pk=pk, file="").first()
    if record is None:
        return
    with working(record), TemporaryDirectory() as folder:
        path = Path(folder) / f"{record.edition.code}.pdf"
        try:
            record.pages, record.made_with = write_file(record, path, record.report)
        except PdfUnavailable as reason:
            refusal = _("PDF tidak dapat dibuat di komputer ini: %(missing)s belum terpasang.")
            raise WorkRefused(refusal % {"missing": reason.missing}) from reason
        with path.open("rb") as made:
            record.sha256, record.size = hashlib.file_digest(made, "sha256").hexdigest(), path.stat().st_size
            with transaction.atomic():
                record.file.save(path.name, File(made), save=False)
                record.save(update_fields=["file", "sha256", "size", "pages", "made_with"])


@task()
def measure_layout(pk: int) -> None:
    """Lay the plan of an edition out as it is now, and keep what is wrong with its pages."""
    record = LayoutCheck.objects.select_related("edition").filter(pk=pk).first()
    if record is None:
        return
    with working(record):
        material = material_of(record.edition)
        flaws: list = []
        try:
            for place, paper in enumerate(measuring.PAPERS, 1):
                flaws += measuring.measure(record.edition, material, paper)
                record.report(place, len(measuring.PAPERS) + 1)
        except PdfUnavailable as reason:
            refusal = _("Tata letak tidak dapat diukur di komputer ini: %(missing)s belum terpasang.")
            raise WorkRefused(refusal % {"missing": reason.missing}) from reason
        record.digest, record.flaws = measuring.digest_of(record.edition, material), flaws
        record.save(update_fields=["digest", "flaws"])
