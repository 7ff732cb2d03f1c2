"""What is set into type: its words, title, bookmarks, links, alternative texts and attachments, on every kind of paper."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfWriter

from promotions.catalogue import pdf
from promotions.choices import FileVariant
from promotions.editions.making import write_file
from promotions.models import CaseLetter, CatalogueEdition, EditionFile, FairSelection
from promotions.press import boxes
from semarang_ikm.shared.choices import Channel
from sentra.actions.consent import withdraw_consent
from sentra.choices import PersonalField
from sentra.models import Ikm
from tests import factories, officers
from tests.privacy import world
from tests.privacy.reading import text_of, words_in
from tests.privacy.values import EVERYTHING, HIDDEN, INTERNAL, OF_OWNER, PERSONAL, seen_in

pytestmark = [pytest.mark.django_db, pytest.mark.pdf]

# What the book prints of whoever agreed to it.
PRINTED = [*PERSONAL[PersonalField.NAME], *PERSONAL[PersonalField.WHATSAPP]]


@pytest.fixture(autouse=True)
def engine() -> None:
    try:
        pdf.engine()
        boxes.library()
    except pdf.PdfUnavailable as missing:
        pytest.skip(f"the PDF libraries are not installed on this machine: {missing}")


def set_into_type(edition: CatalogueEdition, variant: str, language: str = "id") -> str:
    """All that stands in the file, made as the worker makes it."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "edisi.pdf"
        write_file(EditionFile(edition=edition, language=language, variant=variant), path, lambda _done, _total: None)
        return words_in(path.read_bytes())


@pytest.mark.parametrize("consented", [False, True])
@pytest.mark.parametrize("path", ["/katalog/pdf/", "/en/catalogue/pdf/"])
def test_the_catalogue_of_a_list(client: Client, owner: Ikm, path: str, consented: bool) -> None:
    if consented:
        world.consent(owner, *PersonalField, channels=[Channel.PRINT])
    else:
        world.consent(owner, *PersonalField, channels=[Channel.WEB, Channel.OPEN_DATA])
    found = seen_in(text_of(client.get(path)), EVERYTHING)
    assert set(found) <= set(OF_OWNER)
    assert set(PRINTED) <= set(found) if consented else found == []


@pytest.mark.parametrize("variant", FileVariant.values)
def test_an_edition_before_and_after_consent(owner: Ikm, printed: Callable, variant: str) -> None:
    bare = set_into_type(printed(owner), variant)
    assert "Wingko" in bare
    assert seen_in(bare, EVERYTHING) == []
    world.consent(owner, *PersonalField, channels=[Channel.PRINT])
    found = seen_in(set_into_type(printed(owner), variant), EVERYTHING)
    assert set(PRINTED) <= set(found) <= set(OF_OWNER)


def test_the_slip_beside_an_edition_prints_nothing_that_was_withdrawn(owner: Ikm, printed: Callable) -> None:
    receipt = factories.consent(owner, *PersonalField, channels=[Channel.PRINT])
    edition = printed(owner)
    product = owner.products.get()
    product.name = "Wingko babat"
    product.save()
    publisher = officers.signed_in("Penerbit")
    slips = [reverse(f"admin:promotions_edition_{name}", args=[edition.pk]) for name in ("erratum", "erratum_pdf")]
    assert all("Wingko babat" in text_of(publisher.get(slip)) for slip in slips)
    withdraw_consent(consent=receipt, by=receipt.recorded_by)
    for slip in slips:
        assert seen_in(text_of(publisher.get(slip)), [*OF_OWNER, *INTERNAL, *HIDDEN]) == [], slip


def test_the_letter_to_an_agency_carries_what_its_case_says_and_what_was_handed_over(owner: Ikm) -> None:
    letter = CaseLetter.objects.get()
    address = reverse("admin:promotions_caseletter_pdf", args=[letter.case_id, letter.pk])
    answer = officers.signed_in("Petugas fasilitasi", "Petugas privasi").get(address)
    found = seen_in(text_of(answer), EVERYTHING)
    # The owner's name is among what the letter hands over; nothing else of the owner, and no note of the office.
    assert set(found) <= {"Qomariyah", "SuratPerkara", "PerkaraRahasia"}
    assert "SuratPerkara" in found


def test_minutes_and_reminders_name_nobody_who_did_not_agree(owner: Ikm) -> None:
    publisher = officers.signed_in("Penerbit")
    (selection,) = FairSelection.objects.all()
    minutes = publisher.get(reverse("admin:promotions_selection_minutes", args=[selection.pk]))
    for name in ("letters", "table", "calendar"):
        answer = publisher.get(reverse(f"admin:products_certification_{name}"))
        assert answer.status_code == 200, name
        assert set(seen_in(text_of(answer), EVERYTHING)) <= {"petugas-rahasia"}, name
    assert set(seen_in(text_of(minutes), OF_OWNER)) == set()


def test_the_reader_of_files_sees_into_every_corner() -> None:
    """Titles, bookmarks, links, attachments and words of a PDF are found, so that their absence means something."""
    book = PdfWriter()
    book.add_blank_page(200, 200)
    book.add_metadata({"/Title": "JudulBerkas"})
    book.add_outline_item(title="PenandaBuku", page_number=0)
    book.add_uri(0, "https://alamat-tautan.example", (0, 0, 9, 9))
    book.add_attachment("NamaLampiran.txt", b"IsiLampiran")
    held = BytesIO()
    book.write(held)
    text = words_in(held.getvalue())
    for word in ("JudulBerkas", "PenandaBuku", "alamat-tautan.example", "NamaLampiran", "IsiLampiran"):
        assert word in text, word
