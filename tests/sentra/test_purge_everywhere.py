"""The name of a person is planted in every column that can hold words, one by one; after the purge it stands nowhere.

A column is emptied, or shown to the officer before (free texts of the public page), or it is not about persons: which of
the three is declared here for each, so that a new column of any table is asked about.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import models, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from products.models import CertificationStep
from promotions.models import EditionFreezing, EditionMask, EditionWaiver, FairSelection, LayoutCheck
from semarang_ikm.exchange.models import ImportProposal, ProposalRow
from semarang_ikm.shared.kept_files import KeptFiles
from sentra.actions.merging import merge
from sentra.actions.purging import planned, purge
from sentra.actions.reviews import answer, ask_change
from sentra.history import recording
from sentra.history.redaction import _door
from sentra.models import Change, ChangeSet, DataReport, Ikm, PastSlug, Review, SavedFilter, UndoWork
from sentra.personal_data.access import copy_of
from sentra.personal_data.retention import end_what_is_over
from tests import factories, help_given, officers, selection_factories
from tests.semarang_ikm.exchange.rows import import_proposal, proposal_row

pytestmark = pytest.mark.django_db

PERSON, MARK = "Zubaidah Wiryo", "zubaidah"
APPS = {"sentra", "products", "promotions", "exchange", "admin", "django_tasks_database"}

# Told of everybody, or by programs: no officer types a person's name there.
PUBLIC_LISTS = {
    *("sentra.Kecamatan", "sentra.Kelurahan", "sentra.AreaAlias", "sentra.BoundarySet", "sentra.BoundaryShape"),
    *("sentra.ProductType", "sentra.Source", "sentra.SearchVariant", "sentra.OfficeProfile", "sentra.SeedRecord"),
    *("products.CertificateKind", "products.CertificationRule", "promotions.Partner", "promotions.Promotion"),
    *("promotions.CatalogueEdition", "sentra.Figure", "sentra.OpenQuestion", "sentra.SentraLocation", "sentra.Sentra"),
    *("sentra.SentraPhoto",),
}
CODES = {
    *("sentra.Change.model", "sentra.Change.owner_model", "sentra.Change.root_model", "sentra.CodeSequence.prefix"),
    *("sentra.CodeRedirect.code", "sentra.CodeRedirect.survivor_code", "sentra.Ikm.code", "sentra.DataReport.code"),
    *("sentra.DataReport.subject_code", "sentra.DataReport.sender_mark", "sentra.DataReport.text_mark"),
    *("sentra.DataVersion.token", "sentra.KeptFile.room", "sentra.KeptFile.name", "sentra.KeptFile.kept_as"),
    *("sentra.SentForm.key", "sentra.SentForm.model", "sentra.ChangeSet.who_name", "sentra.UndoWork.work_message"),
    *("products.Product.code", "products.Product.slug", "products.Product.price_unit", "products.Product.size"),
    *("products.Product.size_en", "products.Product.minimum_order", "products.Product.minimum_order_en"),
    *("products.Product.capacity_unit", "products.Product.capacity_unit_en", "products.Product.hs_code"),
    *("products.Product.price_unit_en", "products.Certification.number", "products.Certification.legal_basis"),
    *("products.ProductPhoto.image", "products.PackagingPhoto.image", "products.PackagingSupport.unit"),
    *("promotions.FacilitationCase.number", "promotions.CaseLetter.number", "promotions.CaseLetter.office_number"),
    *("promotions.CaseLetter.addressed_to", "promotions.CaseLetter.signed_as", "promotions.CaseLetter.signed_by"),
    *("promotions.CaseLetter.signed_id", "promotions.CaseLetter.codes", "promotions.CaseLetter.personal"),
    *("promotions.CaseLetter.key", "promotions.EditionEntry.code", "promotions.EditionWaiver.finding"),
    *("promotions.EditionDocument.sha256", "promotions.EditionPhoto.key", "promotions.EditionPhoto.code"),
    *("promotions.EditionFile.work_message", "promotions.EditionFile.sha256", "promotions.EditionFile.made_with"),
    *("promotions.EditionFile.file", "promotions.EditionPhoto.image", "promotions.EditionMask.code"),
    *("promotions.EditionMask.fields", "promotions.LayoutCheck.work_message", "promotions.LayoutCheck.digest"),
    *(
        "exchange.ImportProposal.file",
        "exchange.ImportProposal.marked",
        "sentra.SavedFilter.page",
        "sentra.SavedFilter.query",
        "exchange.ImportProposal.digest",
        "exchange.ImportProposal.headings",
    ),
    *("exchange.ProposalRow.answer", "exchange.ProposalRow.code", "admin.LogEntry.object_id"),
    *("sentra.Consent.evidence", "products.Certification.scan", "promotions.CaseDocument.file"),
}
# Made from the others (sentra.indexing), or of which tests/test_privacy.py plants more: what stands on frozen pages.
ELSEWHERE = {
    *("sentra.Ikm.search_text", "sentra.Ikm.sort_name", "products.Product.search_text", "products.Product.sort_name"),
    *("products.Product.sort_name_en", "promotions.EditionDocument.content"),
}
# Free texts: the officer reads them before the purge, which leaves them.
READ = {
    *("sentra.Ikm.summary", "sentra.Ikm.summary_en", "sentra.Ikm.story", "sentra.Ikm.story_en"),
    *("sentra.Ikm.capacity_unit", "sentra.Ikm.capacity_unit_en", "sentra.Ikm.minimum_order"),
    *("sentra.Ikm.minimum_order_en", "products.Product.name", "products.Product.name_en", "products.Product.summary"),
    *("products.Product.summary_en", "products.Product.materials", "products.Product.materials_en"),
    *("products.Product.storage", "products.Product.storage_en", "products.ProductPhoto.alt"),
    *("products.ProductPhoto.alt_en", "products.PackagingPhoto.alt", "products.PackagingPhoto.alt_en"),
    *("products.PackagingSupport.given_by", "promotions.FacilitationCase.title"),
}


def _columns() -> Iterator[tuple[type[models.Model], models.Field]]:
    held = models.CharField | models.TextField | models.JSONField | models.FileField
    for model in apps.get_models():
        if model._meta.app_label in APPS and not model._meta.proxy and model._meta.label not in PUBLIC_LISTS:
            for field in model._meta.concrete_fields:
                if isinstance(field, held) and not field.choices:
                    yield model, field


def named(model: type[models.Model], field: models.Field) -> str:
    return f"{model._meta.label}.{field.name}"


def _holding(mark: str) -> set[str]:
    """The columns in which the mark stands now, whatever the row."""
    return {
        named(model, field)
        for model, field in _columns()
        if any(mark in str(value).casefold() for value in model._base_manager.values_list(field.name, flat=True))
    }


TASKS = {f"django_tasks_database.DBTaskResult.{name}" for name in (
    "args_kwargs", "task_path", "worker_ids", "queue_name", "backend_name", "return_value", "exception_class_path"
)}  # fmt: skip
EMPTIED = {named(*column) for column in _columns()} - CODES - ELSEWHERE - READ - TASKS


@pytest.fixture
def ikm() -> Ikm:
    """A business with a row in every table that can say something about it."""
    ikm = factories.ikm(PERSON, name_is_personal=True, nib="0220009876543", published=True, indexed=True)
    officer = officers.officer("Penerbit")
    _own_rows(ikm, officer)
    product = factories.product("Wingko", ikm=ikm, published=True)
    _rows_of_products(ikm, product)
    _rows_of_promotions(ikm, product)
    _rows_beside(ikm, product, officer)
    return ikm


def _own_rows(ikm: Ikm, officer: Any) -> None:
    factories.contact("whatsapp", "+6281298765432", ikm=ikm, note="a")
    receipt = factories.consent(ikm, "name", channels=["web"], note="a")
    receipt.evidence.save("bukti.pdf", ContentFile(b"%PDF-1.4 bukti"))
    PastSlug.objects.create(kind=Ikm.PAGE_KIND, slug="lama", target_id=ikm.pk)
    factories.report(subject_code=ikm.code, right="a", contact="a", note="a", answer_note="a")
    ikm.summary = "lain"
    with recording(kind="edit", by=officer, why="a"):
        ikm.save()


def _rows_of_products(ikm: Ikm, product: Any) -> None:
    factories.product_photo(product=product)
    certificate = factories.certification(products=[product], ikm=ikm)
    certificate.scan.save("pindaian.pdf", ContentFile(b"%PDF-1.4 pindaian"))
    CertificationStep.objects.create(
        certification=certificate, stage="issued", reached_on=factories.days_ago(3), note="a"
    )
    help_given.packaging_photo(support=factories.packaging_support(ikm=ikm, note="a"))


def _rows_of_promotions(ikm: Ikm, product: Any) -> None:
    factories.appearance(ikm=ikm, note="a")
    factories.appearance(ikm=ikm).delete()
    case = factories.case(ikm=ikm, description="a")
    factories.case_step(case=case)
    help_given.case_letter(case=case, codes=[ikm.code])
    help_given.case_document(case=case)
    edition = factories.edition(published=True)
    factories.edition_entry(edition=edition, product=product)
    EditionMask.objects.create(edition=edition, code=ikm.code, masked_on=factories.days_ago(1))
    EditionWaiver.objects.create(
        edition=edition, finding=f"no-photo:{product.code}:abc", reason="a", given_by=factories.user()
    )
    flaw = {"paper": "a4", "kind": "cut", "page": 3, "code": product.code, "words": PERSON}
    LayoutCheck.objects.create(edition=edition, digest="abc", flaws=[flaw])
    EditionFreezing.objects.create(edition=edition, asked_by=factories.user(), why="a", work_message="a")
    selection = selection_factories.selection_decision(ikm=ikm).selection
    line = {"code": ikm.code, "kind": "pinned", "words": [PERSON]}
    FairSelection.objects.filter(pk=selection.pk).update(outcome={"chosen": [line], "others": []})
    selection_factories.reopening(selection=selection, outcome={"chosen": [line], "others": []})
    selection_factories.withdrawal(selection=selection, ikm=ikm)


def _rows_beside(ikm: Ikm, product: Any, officer: Any) -> None:
    for record in (ikm, product):
        answer(review=ask_change(record=record, by=officer, wish="a"), outcome="done", by=officer, answer="b")
    LogEntry.objects.log_actions(officer.pk, [ikm.contacts.get()], 1, change_message="a", single_object=True)
    SavedFilter.objects.create(officer=officer, page="sentra.ikm", name="a", query="status=draft")
    proposal = import_proposal(notes=[PERSON])
    proposal_row(
        proposal=proposal,
        code=ikm.code,
        name=PERSON,
        raw={"nama": PERSON},
        cells=[{"key": "nama", "after": PERSON}],
        candidates=[[PERSON]],
    )
    change_set = ChangeSet.objects.exclude(why="").latest("pk")
    UndoWork.objects.create(
        change_set=change_set, asked_by=officer, why="a", left=[["sentra.ikm", ikm.pk, "name", f"bukan {PERSON}"]]
    )
    DBTaskResult.objects.create(args_kwargs={}, task_path="x", backend_name="default", run_after=timezone.now())


def plant() -> None:
    """The name into every column of words; JSON and files have theirs from the fixture."""
    for model, field in _columns():
        column = named(model, field)
        if isinstance(field, models.JSONField | models.FileField) or column in CODES | ELSEWHERE | TASKS:
            continue
        # The number is no name; a title is kept of what was deleted alone.
        if column not in {"sentra.Ikm.nib", "sentra.Change.title"}:
            value = MARK if field.unique or isinstance(field, models.SlugField) else PERSON
            # Not the manager's: the trail's refuses.
            with transaction.atomic(), _door():
                models.QuerySet(model).update(**{field.name: value})


def test_every_column_of_words_is_declared() -> None:
    known = {named(*column) for column in _columns()}
    assert not (CODES | ELSEWHERE | READ | TASKS) - known
    assert not READ & (CODES | ELSEWHERE)


def test_the_purge_empties_every_column_that_held_the_name(ikm, officer, django_capture_on_commit_callbacks):
    plant()
    ikm.refresh_from_db()
    assert EMPTIED - _holding(MARK) == {"sentra.Ikm.nib"}, "the control: it stood in each of these"
    shown = [text for _name, text in planned(ikm).to_read]
    assert len([text for text in shown if MARK in text.casefold()]) >= len(READ)
    with django_capture_on_commit_callbacks(execute=True):
        purge(subject=ikm, by=officer, why="permintaan pemilik")
    assert sorted(_holding(MARK) - READ - ELSEWHERE) == []


def test_the_plan_counts_requests_log_lines_and_reasons(ikm):
    told = {each.what: each.count for each in planned(ikm).goes}
    assert told["catatan permintaan pemeriksaan dan jawabannya"] == 2
    assert told["alasan perubahan dalam riwayat"] == 1
    assert told["isi baris catatan admin"] == 3
    assert told["alasan petugas dalam seleksi peserta"] == 1


def test_requests_about_another_business_keep_their_words(ikm, officer):
    other = officers.review(wish="Alamat pindah")
    factories.report(subject_code=other.record.code, wrong="Tutup")
    purge(subject=ikm, by=officer, why="permintaan pemilik")
    other.refresh_from_db()
    assert other.wish == "Alamat pindah"
    assert DataReport.objects.get(subject_code=other.record.code).wrong == "Tutup"
    assert {review.wish for review in Review.objects.exclude(pk=other.pk)} == {"–"}


def test_a_report_by_the_person_about_something_else_is_emptied(ikm, officer):
    factories.report(subject_code="S-09", wrong="Gapuranya roboh", contact="0812 9876 5432")
    factories.report(subject_code="S-10", wrong="Gapuranya roboh", contact="0812 9876 0000")
    purge(subject=ikm, by=officer, why="permintaan pemilik")
    kept = dict(DataReport.objects.filter(subject_code__startswith="S").values_list("subject_code", "wrong"))
    assert kept == {"S-09": "", "S-10": "Gapuranya roboh"}


def test_what_was_merged_into_it_or_deleted_from_it_is_forgotten_too(officer):
    kept, gone = factories.ikm("Batik Malon"), factories.ikm(PERSON, name_is_personal=True, published=True)
    certificate = factories.certification(ikm=kept, holder_name=PERSON)
    certificate.delete()
    merge(kept=kept, gone=gone, take=(), by=officer, why=f"sama dengan {PERSON}")
    assert MARK in str(list(Change.objects.values())).casefold()
    kept.refresh_from_db()
    purge(subject=kept, by=officer, why="permintaan pemilik")
    assert sorted(_holding(MARK)) == []


def test_files_of_imports_and_made_files_go(ikm, officer, settings, tmp_path, django_capture_on_commit_callbacks):
    settings.VAR_DIR = tmp_path
    made = KeptFiles("uji", (".pdf",), max_files=5)
    made.get_or_make("a.pdf", lambda: PERSON.encode(), wait=1)
    proposal, other = ImportProposal.objects.get(), import_proposal()
    for each in (proposal, other):
        each.file.save("data.xlsx", ContentFile(PERSON.encode()))
    with django_capture_on_commit_callbacks(execute=True):
        purge(subject=ikm, by=officer, why="permintaan pemilik")
    assert not (tmp_path / "uji" / "a.pdf").exists()
    assert not storages["private"].exists(proposal.file.name)
    assert storages["private"].exists(other.file.name)


def test_a_row_of_an_import_is_found_by_a_number_or_a_holder(ikm, officer):
    for raw in ({"wa": "0812-9876-5432"}, {"pemegang": f"Bu {PERSON}"}, {"usaha": ikm.code}, {"wa": "0812-0000-5432"}):
        proposal_row(name="Lain", raw=raw, cells=[])
    purge(subject=ikm, by=officer, why="permintaan pemilik")
    assert [row.raw for row in ProposalRow.objects.all()] == [{"wa": "0812-0000-5432"}]


def test_results_of_old_tasks_end_with_their_term(ikm):
    old = timezone.now() - timedelta(days=31)
    DBTaskResult.objects.update(status="FAILED", finished_at=old)
    fresh = DBTaskResult.objects.create(args_kwargs={}, task_path="x", run_after=old, status="FAILED")
    DBTaskResult.objects.filter(pk=fresh.pk).update(finished_at=timezone.now())
    end_what_is_over()
    assert list(DBTaskResult.objects.all()) == [fresh]


# Not copied: what follows from the rest, what others told of somebody, and the log, whose lines repeat the records.
NOT_COPIED = {
    *("sentra.PastSlug.slug", "sentra.Ikm.slug", "sentra.Change.fields", "sentra.Change.title", "sentra.UndoWork.why"),
    *(
        "sentra.SavedFilter.name",
        "sentra.UndoWork.left",
        "sentra.Contact.typed",
        "sentra.Contact.value",
        "sentra.Ikm.nib",
    ),
    *("sentra.DataReport.wrong", "sentra.DataReport.right", "sentra.DataReport.contact", "sentra.DataReport.note"),
    *("sentra.DataReport.answer_note", "admin.LogEntry.object_repr", "admin.LogEntry.change_message"),
    *("promotions.EditionWaiver.reason", "promotions.LayoutCheck.flaws", "promotions.FairSelection.outcome"),
    *("promotions.EditionFreezing.why", "promotions.EditionFreezing.work_message"),
    *("promotions.SelectionReopening.outcome", "promotions.SelectionReopening.reason"),
    *("exchange.ImportProposal.notes", "exchange.ImportProposal.work_message", "exchange.ProposalRow.name"),
    *("exchange.ProposalRow.cells", "exchange.ProposalRow.candidates", "django_tasks_database.DBTaskResult.traceback"),
    *("products.ProductPhoto.credit", "products.ProductPhoto.usage_right", "products.PackagingPhoto.credit"),
    *("products.PackagingPhoto.usage_right", "exchange.ProposalRow.raw"),
}


def test_the_copy_quotes_every_column_that_the_purge_empties(ikm):
    places = {}
    for model, field in _columns():
        column = named(model, field)
        if column in EMPTIED - NOT_COPIED:
            places[column] = f"Z{len(places):03d}Z"
            with _door():
                models.QuerySet(model).update(**{field.name: places[column]})
    ikm.refresh_from_db()
    told = str([[*section.rows] for section in copy_of(ikm)])
    assert [column for column, mark in places.items() if mark not in told] == []
    assert PERSON in told, "the row of the import, as it stood in the file"
