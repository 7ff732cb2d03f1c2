"""A purge reaches what is frozen: the documents, their photos and the stored files; the rest of the edition stays."""

import json
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.core.files.base import ContentFile

from promotions.models import CaseDocument, EditionDocument, EditionFile, FacilitationCase
from sentra.actions.purging import planned, purge
from sentra.choices import ContactKind
from tests import factories
from tests.promotions.test_editions import no_setting_in_type, plan, product_of, publish  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db(transaction=True)

PERSON, NUMBER, TYPED = "Zubaidah Wiryo", "+6281298765432", "0812-9876-5432"


@pytest.fixture
def owner():
    sentra = factories.sentra("Sentra", kelurahan=[factories.kelurahan()], published=True)
    owner = factories.ikm(PERSON, name_is_personal=True, sentra=sentra, published=True)
    factories.contact(ContactKind.WHATSAPP, NUMBER, ikm=owner)
    factories.consent(owner, "whatsapp", "name", "portrait", channels=["web", "print"])
    return owner


@pytest.fixture
def edition(owner):
    other = factories.ikm("Tahu Maju", sentra=owner.sentra, published=True)
    factories.contact(ContactKind.WHATSAPP, "+6281200000001", ikm=other)
    factories.consent(other, "whatsapp", channels=["web", "print"])
    product = product_of("Wingko", ikm=owner)
    photo = factories.product_photo(product=product, shows_people=True, portrait_consent_on=factories.days_ago(5))
    # As large as the pre-flight wants it; the picture itself is of no matter here.
    type(photo).objects.filter(pk=photo.pk).update(width=1600, height=1200)
    return publish(plan(product, product_of("Tahu", ikm=other)))


def stored(edition) -> str:
    return json.dumps([row.content for row in edition.documents.all()], ensure_ascii=False)


def test_the_frozen_words_lose_the_person_and_keep_the_neighbour(owner, edition):
    assert PERSON in stored(edition) and TYPED in stored(edition)
    purge(subject=owner, by=factories.user(), why="permintaan pemilik")
    content = stored(edition)
    for value in (PERSON, TYPED, "81298765432"):
        assert value not in content
    assert "Tahu Maju" in content and "0812-0000-0001" in content
    assert f"Usaha {owner.code}" in content


def test_the_document_says_that_it_is_no_longer_what_was_published(owner, edition):
    before = edition.documents.get()
    purge(subject=owner, by=factories.user(), why="permintaan pemilik")
    after = EditionDocument.objects.get(pk=before.pk)
    assert after.sha256 == before.sha256
    assert before.redacted_on is None and after.redacted_on is not None


def test_stored_files_and_the_portrait_are_deleted(owner, edition):
    file = EditionFile.objects.get(edition=edition)
    photo = edition.photos.get()
    assert file.file.storage.exists(file.file.name) and photo.image.storage.exists(photo.image.name)
    purge(subject=owner, by=factories.user(), why="permintaan pemilik")
    assert not file.file.storage.exists(file.file.name)
    assert not photo.image.storage.exists(photo.image.name)
    file.refresh_from_db()
    assert file.restricted_on is not None and not file.file
    assert not edition.photos.exists()


def test_an_edition_without_the_person_stays_as_it_is(owner, edition):
    other = publish(plan(product_of("Kerupuk")))
    before = stored(other)
    assert sum("edisi" in goes.what for goes in planned(owner).goes) == 1
    purge(subject=owner, by=factories.user(), why="permintaan pemilik")
    assert stored(other) == before
    assert EditionFile.objects.get(edition=other).restricted_on is None
    assert other.documents.get().redacted_on is None


# -- cases ------------------------------------------------------------------------------------------------------------


def everything_stored() -> Iterator[str]:
    for model in apps.get_models():
        if model._meta.app_label in {"sentra", "products", "promotions"}:
            yield from (f"{model.__name__} {row}" for row in model._base_manager.values())


@pytest.fixture
def case(owner) -> FacilitationCase:
    case = factories.case(
        ikm=owner,
        title="Tekanan air rendah",
        description="UraianRahasia",
        stage="solved",
        outcome="HasilRahasia",
        closed_on=factories.days_ago(1),
        opened_on=factories.days_ago(9),
    )
    factories.case_step(case=case, text="LangkahRahasia")
    paper = CaseDocument(case=case, title="jawaban PDAM")
    paper.file.save("jawaban.pdf", ContentFile(b"%PDF-1.4 jawaban"))
    case.description = "UraianRahasia, kedua"
    case.save()
    return case


def test_what_was_written_about_a_case_goes_and_the_case_is_still_counted(owner, case):
    paper = case.documents.get()
    storage, name = paper.file.storage, paper.file.name
    purge(subject=owner, by=factories.user(), why="permintaan pemilik")
    case.refresh_from_db()
    assert (case.title, case.stage, case.description, case.outcome) == ("Tekanan air rendah", "solved", "", "–")
    assert not storage.exists(name)
    assert not case.documents.exists()
    for text in everything_stored():
        for value in ("UraianRahasia", "HasilRahasia", "LangkahRahasia"):
            assert value not in text, (value, text[:200])


def test_the_title_of_a_case_is_shown_to_the_officer_before(owner, case):
    assert "Tekanan air rendah" in dict(planned(owner).to_read).values()


def test_the_case_of_a_neighbour_keeps_its_words(owner, case):
    other = factories.case(ikm=factories.ikm(), description="Uraian tetangga")
    purge(subject=owner, by=factories.user(), why="permintaan pemilik")
    other.refresh_from_db()
    assert other.description == "Uraian tetangga"
