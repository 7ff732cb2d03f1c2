"""Letters to agencies: what stands in them, what does not, and that handing over is written down."""

import re
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from promotions.actions.cases import join, write_letter
from promotions.cases.letters import sheet_of
from promotions.catalogue import pdf
from promotions.choices import StepKind
from promotions.models import CaseLetter, FacilitationCase
from semarang_ikm.shared.time import today
from sentra.choices import ContactKind
from sentra.models import CodeRedirect, Ikm, OfficeProfile
from sentra.personal_data.access import copy_of
from tests import factories, officers
from tests.help_given import case_letter

pytestmark = pytest.mark.django_db

OWNER, PHONE, EMAIL = "Pemilik Rahasia", "+62248550123", "rahasia@example.test"


@pytest.fixture
def business() -> Ikm:
    ikm = factories.ikm("Zubaidah", name_is_personal=True, kelurahan=factories.kelurahan("Krobokan"))
    for kind, value in ((ContactKind.OWNER_NAME, OWNER), (ContactKind.TELEPHONE, PHONE), (ContactKind.EMAIL, EMAIL)):
        factories.contact(ikm=ikm, kind=kind, value=value)
    return ikm


@pytest.fixture
def case(business: Ikm) -> FacilitationCase:
    partner = factories.partner("Perumda Air", addressed_to="Direktur Utama", address="Jalan Contoh 1")
    return factories.case(ikm=business, partner=partner, description="Air mati tiap pagi.")


def write_url(case: FacilitationCase) -> str:
    return reverse("admin:promotions_caseletter_write", args=[case.pk])


def words(letter: CaseLetter, client: Client, page: str = "print") -> str:
    answer = client.get(reverse(f"admin:promotions_caseletter_{page}", args=[letter.case_id, letter.pk]))
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    if page == "print":
        return answer.content.decode()
    from pypdf import PdfReader

    pages = PdfReader(BytesIO(answer.content)).pages
    return re.sub(r"\s+", " ", " ".join(each.extract_text() for each in pages))


def typed(client: Client, case: FacilitationCase, **more) -> dict:
    form = client.get(write_url(case)).context["form"]
    shown = {bound.html_name: bound.value() for bound in form if bound.value() is not None}
    return shown | {"request": "Mohon diperiksa."} | more


# -- the form ---------------------------------------------------------------------------------------------------------


def test_a_letter_begins_with_what_the_case_says_and_without_personal_data(officer_client: Client, case) -> None:
    begun = typed(officer_client, case)
    assert begun["addressed_to"] == "Direktur Utama\nPerumda Air\nJalan Contoh 1"
    assert begun["facts"] == "Air mati tiap pagi."
    assert not begun.get("personal")
    answer = officer_client.post(write_url(case), begun)
    letter = CaseLetter.objects.get()
    assert answer.url == reverse("admin:promotions_caseletter_print", args=[case.pk, letter.pk])
    assert (letter.number, letter.codes, letter.personal) == (f"{case.number}/1", [case.ikm.code], [])
    page = words(letter, officer_client)
    assert f"Usaha {case.ikm.code}" in page
    for hidden in ("Zubaidah", OWNER, "855", EMAIL):
        assert hidden not in page


def test_only_what_was_ticked_is_handed_over_and_the_step_tells_it(officer_client: Client, officer, case) -> None:
    officer_client.post(write_url(case), typed(officer_client, case, personal=["name", "telephone"]))
    letter = CaseLetter.objects.get()
    page = words(letter, officer_client)
    assert "Zubaidah" in page
    assert "(024) 8550123" in page
    for hidden in (OWNER, EMAIL):
        assert hidden not in page
    step = case.steps.get(kind=StepKind.LETTER)
    assert step.done_by == officer
    for told in (letter.number, "Direktur Utama", "Nama usaha yang memuat nama orang", "Nomor telepon"):
        assert told in step.text


def test_the_same_form_sent_twice_makes_one_letter_and_another_form_the_next(officer_client: Client, case) -> None:
    form = typed(officer_client, case)
    answers = [officer_client.post(write_url(case), form) for _ in range(2)]
    assert answers[0].url == answers[1].url
    officer_client.post(write_url(case), typed(officer_client, case))
    assert list(CaseLetter.objects.values_list("number", flat=True)) == [f"{case.number}/1", f"{case.number}/2"]
    assert case.steps.filter(kind=StepKind.LETTER).count() == 2


def test_a_wrong_form_keeps_what_was_typed_and_stores_nothing(officer_client: Client, case) -> None:
    answer = officer_client.post(write_url(case), typed(officer_client, case, request="", subject="Perihal saya"))
    assert answer.status_code == 200
    assert set(answer.context["form"].errors) == {"request"}
    assert "Perihal saya" in answer.content.decode()
    assert not CaseLetter.objects.exists()
    assert not case.steps.exists()


def test_who_may_not_see_personal_data_cannot_hand_them_over(case) -> None:
    client = officers.signed_in("Petugas fasilitasi")
    form = typed(client, case, personal=["owner_name"])
    assert "personal" not in client.get(write_url(case)).context["form"].fields
    assert client.post(write_url(case), form).status_code == 302
    assert CaseLetter.objects.get().personal == []
    both = officers.signed_in("Petugas fasilitasi", "Petugas privasi")
    assert "personal" in both.get(write_url(case)).context["form"].fields


def test_a_business_of_another_case_cannot_be_named(officer_client: Client, case) -> None:
    answer = officer_client.post(write_url(case), typed(officer_client, case, businesses=[factories.case().pk]))
    assert set(answer.context["form"].errors) == {"businesses"}


# -- the letter -------------------------------------------------------------------------------------------------------


def test_a_letter_of_a_sentra_lists_every_business_that_joined(officer_client: Client) -> None:
    sentra = factories.sentra()
    names = ["Alpha Batik", "Beta Batik", "Gama Batik"]
    for name in names:
        factories.case(ikm=factories.ikm(name, sentra=sentra))
    shared, _count = join(sentra=sentra, kind="water", by=None)
    officer_client.post(write_url(shared), typed(officer_client, shared, addressed_to="Direktur"))
    page = words(CaseLetter.objects.get(), officer_client)
    assert [name for name in names if name not in page] == []


def test_unknown_parts_of_the_letterhead_are_left_out(officer_client: Client) -> None:
    letter = case_letter()
    assert "<header>" not in words(letter, officer_client)
    OfficeProfile.objects.create(pk=1, name="Dinas Uji")
    page = words(letter, officer_client)
    assert "Dinas Uji" in page
    assert "Telepon" not in page


def test_the_letterhead_writes_the_offices_number_as_one_dials_it_here_whatever_the_officer_reads(
    officer_client: Client, settings
) -> None:
    OfficeProfile.objects.create(pk=1, name="Dinas Uji", telephone="+62243584000")
    letter = case_letter()
    for language in ("id", "en"):
        officer_client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        page = words(letter, officer_client)
        assert "Telepon (024) 3584000" in page and "+62" not in page


def test_what_was_purged_is_not_printed_again(business: Ikm, case) -> None:
    letter = case_letter(case=case, codes=[business.code], personal=["owner_name"])
    assert sheet_of(letter).businesses[0].details == (OWNER,)
    business.contacts.all().delete()
    assert sheet_of(letter).businesses[0].details == ("",)


def test_a_merged_business_is_named_as_what_it_became(case) -> None:
    survivor = factories.ikm("Batik Baru")
    letter = case_letter(case=case, codes=[case.ikm.code])
    CodeRedirect.objects.create(code=case.ikm.code, survivor_code=survivor.code)
    FacilitationCase.objects.filter(pk=case.pk).update(ikm=survivor)
    assert [each.name for each in sheet_of(letter).businesses] == ["Batik Baru"]


def test_the_copy_of_a_persons_data_names_what_went_to_whom(business: Ikm, case) -> None:
    letter = case_letter(case=case, codes=[business.code], personal=["owner_name"])
    case_letter(case=case, codes=[])
    case_letter(codes=["U-999"])
    (section,) = [each for each in copy_of(business) if each.title == "Surat ke mitra"]
    written = f"{letter.subject}\n{letter.facts}\n{letter.request}"
    assert [row[1:] for row in section.rows] == [
        (letter.number, "Direktur Utama", written, "Nama pemilik atau pengurus")
    ]


def test_a_letter_speaks_indonesian_to_whoever_opens_it(officer_client: Client, settings) -> None:
    letter = case_letter(written_on="2026-03-05")
    officer_client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert "5 Maret 2026" in words(letter, officer_client)


def test_words_of_a_letter_are_text_and_nothing_else(officer_client: Client) -> None:
    letter = case_letter(facts="<script>alert(1)</script> & <b>tebal</b>")
    page = words(letter, officer_client)
    assert "<script" not in page
    assert "&lt;b&gt;tebal" in page


@pytest.mark.pdf
def test_the_pdf_holds_the_words_of_the_letter(officer_client: Client, business: Ikm, case, engine) -> None:
    OfficeProfile.objects.create(pk=1, name="Dinas Uji", address="Jalan Uji 1")
    letter = case_letter(
        case=case,
        codes=[business.code],
        personal=["owner_name"],
        office_number="500/12/2026",
        signed_as="Kepala Dinas",
        signed_by="Nama Uji",
        written_on=today(),
    )
    text = words(letter, officer_client, "pdf")
    told = ("Dinas Uji", "500/12/2026", letter.number, "Krobokan", OWNER, "Mohon pipanya diperiksa.", "Nama Uji")
    assert [each for each in told if each not in text] == []
    for hidden in ("Zubaidah", "8550123", EMAIL):
        assert hidden not in text


def test_without_the_pdf_libraries_the_print_page_is_offered(officer_client: Client, monkeypatch) -> None:
    def missing(*_arguments: object) -> bytes:
        raise pdf.PdfUnavailable("Pango")

    monkeypatch.setattr(pdf, "render", missing)
    letter = case_letter()
    answer = officer_client.get(reverse("admin:promotions_caseletter_pdf", args=[letter.case_id, letter.pk]))
    assert (answer.status_code, answer["Retry-After"]) == (503, "3600")
    assert reverse("admin:promotions_caseletter_print", args=[letter.case_id, letter.pk]) in answer.content.decode()


def test_a_letter_is_found_only_below_its_own_case_by_those_who_may_see_it(officer_client: Client) -> None:
    letter = case_letter()
    for page in ("print", "pdf"):
        wrong = reverse(f"admin:promotions_caseletter_{page}", args=[factories.case().pk, letter.pk])
        right = reverse(f"admin:promotions_caseletter_{page}", args=[letter.case_id, letter.pk])
        assert officer_client.get(wrong).status_code == 404
        for role in ("Penerbit", "Petugas privasi"):
            assert officers.signed_in(role).get(right).status_code == 404


def test_a_letter_with_personal_data_opens_for_those_who_may_see_them(case) -> None:
    letter = case_letter(case=case, codes=[case.ikm.code], personal=["owner_name"])
    plain = case_letter(case=case, codes=[case.ikm.code])
    worker = officers.signed_in("Petugas fasilitasi")
    both = officers.signed_in("Petugas fasilitasi", "Petugas privasi")
    for page in ("print", "pdf"):
        url = reverse(f"admin:promotions_caseletter_{page}", args=[case.pk, letter.pk])
        assert worker.get(url).status_code == 403
        assert OWNER not in worker.get(url).content.decode()
    assert OWNER in words(letter, both)
    assert f"Usaha {case.ikm.code}" in words(plain, worker)


def test_a_letter_is_never_rewritten(case) -> None:
    letter = CaseLetter(case=case, key="a", written_on=today(), addressed_to="Direktur", subject="a", facts="b")
    first = write_letter(letter=letter, by=None)
    again = write_letter(letter=CaseLetter(case=case, key="a", written_on=today(), subject="lain"), by=None)
    assert (again, again.subject) == (first, "a")
    with pytest.raises(ValidationError):
        CaseLetter(case=case, key="b").full_clean()
