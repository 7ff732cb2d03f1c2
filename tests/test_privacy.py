"""Values that occur nowhere else are planted in every private place, then looked for in every public answer."""

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import translation

from products.models import Product
from promotions.cases.figures import last_day
from promotions.cases.suppression import FEWEST
from promotions.editions.freezing import freeze
from promotions.models import Promotion
from semarang_ikm.shared.choices import Channel
from semarang_ikm.shared.time import today
from semarang_ikm.sharing import find_card
from sentra.actions.consent import withdraw_consent
from sentra.choices import ContactKind, PersonalField
from sentra.indexing import refresh
from sentra.models import Ikm, Sentra
from tests import factories, help_given
from tests.semarang_ikm import pages

pytestmark = pytest.mark.django_db

NAME = "Zubaidah Wiryokusumo"
# Of the owner: leaves under a receipt for its field, and then on that channel only.
PERSONAL = {
    PersonalField.NAME: ["Zubaidah", "zubaidah"],
    PersonalField.OWNER_NAME: ["Qomariyah"],
    PersonalField.WHATSAPP: ["81298765432", "0812-9876-5432", "812-9876-5432"],
    PersonalField.TELEPHONE: ["243571113", "3571113"],
    PersonalField.EMAIL: ["rahasia@sentinel.example"],
    PersonalField.ADDRESS: ["Gang Kelinci 77"],
    PersonalField.MAP_POINT: ["6.987654", "110.434343"],
    PersonalField.WEBSITE: ["sentinel-shop.example"],
    PersonalField.NIB: ["0220009876543"],
    PersonalField.CERTIFICATE_HOLDER: ["Xaverius"],
}
CONTACTS = {
    ContactKind.OWNER_NAME: "Qomariyah",
    ContactKind.WHATSAPP: "+6281298765432",
    ContactKind.TELEPHONE: "+62243571113",
    ContactKind.EMAIL: "rahasia@sentinel.example",
    ContactKind.ADDRESS: "Gang Kelinci 77",
    ContactKind.WEBSITE: "https://sentinel-shop.example",
}
# Of the office: never leaves at all.
INTERNAL = [
    "CatatanKontak",
    "CatatanSertifikat",
    "CatatanIzin",
    "PemberiIzin",
    "HakPakaiFoto",
    "PerkaraRahasia",
    "UraianPerkara",
    "HasilPerkara",
    "LangkahRahasia",
    "SuratPerkara",
    "BerkasPerkara",
    "AlamatMitra",
    "FotoArsip",
    "HakPakaiKemasan",
    "petugas-rahasia",
    "LangkahLedger",
    "SalahMenurutPelapor",
    "BenarMenurutPelapor",
    "81377712345",
    "0813-7771-2345",
    "JawabanUntukPelapor",
]
# Not published, or no longer.
HIDDEN = ["SentraDraf", "UsahaDraf", "ProdukDraf", "ProdukTersembunyi", "UsahaArsip", "AcaraDraf"]


@pytest.fixture(autouse=True)
def site(settings) -> None:
    """Feeds, the sitemap and the pictures of shared links exist for a site with an address only."""
    settings.SITE_URL = "https://sentra.example"


@pytest.fixture
def owner() -> Ikm:
    """A published business of a person, beside everything that is not for the public."""
    addresses = pages.build()
    officer = factories.user(username="petugas-rahasia", first_name="petugas-rahasia")
    shown = Ikm.objects.get(name="Sari Rasa")
    owner = factories.ikm(
        NAME,
        name_is_personal=True,
        nib="0220009876543",
        published=True,
        sentra=shown.sentra,
        kelurahan=shown.kelurahan,
        types=shown.product_types.all(),
    )
    for kind, value in CONTACTS.items():
        factories.contact(kind, value, ikm=owner, note="CatatanKontak")
    factories.contact(ContactKind.MAP_POINT, ikm=owner, latitude="-6.987654", longitude="110.434343")
    product = factories.product(
        "Wingko", ikm=owner, product_type=shown.product_types.get(), published=True, price_min=9_000
    )
    certificate = {
        "holder_name": "Xaverius",
        "note": "CatatanSertifikat",
        "checked_by": officer,
        "checked_on": factories.days_ago(3),
    }
    kind = product.certifications.model.kind.field.related_model.objects.get(slug="halal")
    factories.certification(kind=kind, products=[product], **certificate)
    factories.certification(kind=kind, ikm=owner, **certificate)
    factories.product_photo(product=product, usage_right="HakPakaiFoto")
    _plant_help(owner, product, officer)
    event = factories.promotion("Pameran", published=True, starts_on=today(), sentra=[shown.sentra])
    factories.appearance(promotion=event, ikm=owner, products=[product], note="LangkahLedger")
    factories.report(
        subject_code=owner.code,
        wrong="SalahMenurutPelapor",
        right="BenarMenurutPelapor",
        contact="+6281377712345",
        status="in_hand",
        handled_by=officer,
        note="JawabanUntukPelapor",
        answer_note="JawabanUntukPelapor",
    )
    Ikm.objects.filter(pk=shown.pk).update(successor=owner)
    _plant_hidden(shown)
    assert addresses
    return owner


def _plant_help(owner: Ikm, product: Product, officer: User) -> None:
    """Cases enough for the public figures to stand, and photos of packaging of which one is not cleared."""
    partner = factories.partner("Perumda Air", addressed_to="AlamatMitra", address="AlamatMitra")
    closed = last_day()
    told = {"title": "PerkaraRahasia", "description": "UraianPerkara", "partner": partner}
    solved = {"stage": "solved", "opened_on": closed, "closed_on": closed, "outcome": "HasilPerkara"}
    for _ in range(FEWEST):
        factories.case(**told, **solved)
    case = factories.case(ikm=owner, **told)
    factories.case_step(case=case, text="LangkahRahasia", done_by=officer)
    help_given.case_letter(case=case, facts="SuratPerkara", codes=[owner.code], personal=["owner_name"])
    help_given.case_document(case=case, title="BerkasPerkara")
    support = factories.packaging_support(ikm=owner)
    support.products.add(product)
    help_given.packaging_photo("before", support=support, alt="FotoArsip", usage_right="HakPakaiKemasan")
    help_given.packaging_photo("after", support=support, cleared=True, usage_right="HakPakaiKemasan")


def _plant_hidden(shown: Ikm) -> None:
    kind, place = shown.product_types.get(), shown.kelurahan
    factories.sentra("SentraDraf", types=[kind], kelurahan=[place])
    draft = factories.ikm("UsahaDraf", sentra=shown.sentra, kelurahan=place, types=[kind])
    factories.product("ProdukDraf", ikm=shown, product_type=kind)
    factories.product("ProdukTersembunyi", ikm=draft, product_type=kind, published=True, price_min=1_000)
    gone = factories.ikm("UsahaArsip", sentra=shown.sentra, kelurahan=place, types=[kind], published=True)
    Ikm.objects.filter(pk=gone.pk).update(status="archived")
    event = factories.promotion("AcaraDraf", starts_on=today(), sentra=[shown.sentra])
    factories.appearance(promotion=event, ikm=shown)
    for hidden in (draft, gone):
        factories.appearance(promotion=Promotion.objects.published().first(), ikm=hidden)


def answers(client: Client, *, paper: bool = False) -> Iterator[tuple[str, str]]:
    """Every public answer, or what of it is made for paper, as text with its address."""
    for address in sorted(set(addresses(paper=paper))):
        answer = client.get(address)
        assert answer.status_code in {200, 301, 302, 404, 410}, (address, answer.status_code)
        yield address, answer.getvalue().decode() + str(answer.headers)
    if not paper:
        yield from _share_cards()


def _share_cards() -> Iterator[tuple[str, str]]:
    """Pictures cannot be searched for words, so here is all that is drawn on them."""
    for kind, model in (("sentra", Sentra), ("usaha", Ikm), ("produk", Product)):
        for code in model._default_manager.values_list("code", flat=True):
            if (card := find_card(kind, code)) is not None:
                yield card.url, repr(card)


def addresses(*, paper: bool) -> Iterator[str]:
    for language in ("id", "en"):
        with translation.override(language):
            yield reverse("catalogue_print")
            for name in pages.LISTS:
                yield f"{reverse(name)}?cetak=1"
                yield f"{reverse(name)}?cetak=1&urut=terbaru"
            yield from (f"{record.get_absolute_url()}?cetak=1" for record in _records())
            if paper:
                continue
            yield from _pages_and_searches()
    if not paper:
        yield from _open_data()
        yield from (
            "/healthz/ready",
            "/tidak-ada/",
            "/robots.txt",
            "/sitemap.xml",
            *(f"/k/U-{number}" for number in range(1, 9)),
        )


def _records() -> Iterator[Any]:
    for model in (Sentra, Ikm, Product):
        yield from model._default_manager.all()


def _pages_and_searches() -> Iterator[str]:
    from sentra.models import Kelurahan, ProductType

    for name in (*pages.PLAIN, "obstacles", "edition_list", "sentra_feed", "ikm_feed", "product_feed", "event_feed"):
        yield reverse(name)
    for query in ("", "?perihal=tarik", *(f"?kode=U-0{number}" for number in range(1, 9)), "?kode=R-01"):
        yield f"{reverse('report')}{query}"
    for model in (Sentra, Ikm, Product, ProductType, Kelurahan, Promotion):
        yield from (row.get_absolute_url() for row in model._default_manager.all())
    yield from (row.get_calendar_url() for row in Promotion._default_manager.all())
    yield reverse("event_calendar")
    for area in Kelurahan.objects.all():
        yield area.kecamatan.get_absolute_url()
    yield from (
        reverse("certificate_kind", args=["halal"]),
        f"{reverse('product_list')}?sertifikat=halal&harga=0-25000",
    )
    # Words near what must not be found, so that neither a hit nor a suggestion repeats more than was asked.
    for words in ("kerupuk", "wingko", "zubaida", "usahadra", "sentradra", "acaradra", "qomariya", "0812", "kelinci"):
        for name in ("search", *pages.LISTS):
            yield f"{reverse(name)}?q={words}"


def _open_data() -> Iterator[str]:
    """Every record in every form that is text, and what a search for a person gives there."""
    for dataset in ("sentra", "usaha", "produk", "acara", "wilayah", "jenis", "angka"):
        yield f"/data/{dataset}/"
        yield from (f"/data/{dataset}.{form}" for form in ("csv", "json", "geojson"))
        yield from (f"/api/v1/{dataset}/", f"/api/v1/{dataset}/?q=zubaida", f"/data/{dataset}.csv?q=0812")
    yield from (f"/api/v1/usaha/U-0{number}/" for number in range(1, 9))
    yield from (f"/api/v1/{place}/" for place in ("produk/P-01", "produk/P-02", "sentra/S-01", "sentra/S-02"))


def leaks(client: Client, secrets: list[str], *, paper: bool = False) -> list[tuple[str, str]]:
    return [(address, secret) for address, text in answers(client, paper=paper) for secret in secrets if secret in text]


def every(fields: dict) -> list[str]:
    return [value for values in fields.values() for value in values]


def test_without_a_receipt_nothing_personal_leaves(client: Client, owner: Ikm) -> None:
    assert leaks(client, [*every(PERSONAL), *INTERNAL, *HIDDEN]) == []


def test_the_sentinels_would_be_seen(client: Client, owner: Ikm) -> None:
    """The search itself works: what is consented to on the web stands on the owner's page."""
    factories.consent(owner, *PersonalField, channels=[Channel.WEB], person="PemberiIzin", note="CatatanIzin")
    page = client.get(owner.get_absolute_url()).content.decode()

    for field in (PersonalField.NAME, PersonalField.WHATSAPP, PersonalField.EMAIL, PersonalField.ADDRESS):
        assert any(value in page for value in PERSONAL[field]), field
    assert leaks(client, [*INTERNAL, *HIDDEN]) == []


def test_consent_for_the_web_is_none_for_paper(client: Client, owner: Ikm) -> None:
    factories.consent(owner, *PersonalField, channels=[Channel.WEB, Channel.OPEN_DATA])
    assert leaks(client, every(PERSONAL), paper=True) == []


def test_consent_for_paper_is_none_for_the_web(client: Client, owner: Ikm) -> None:
    factories.consent(owner, *PersonalField, channels=[Channel.PRINT])
    on_paper = set(addresses(paper=True))

    assert [(address, secret) for address, secret in leaks(client, every(PERSONAL)) if address not in on_paper] == []


@pytest.mark.parametrize("field", [field for field in PERSONAL if field != PersonalField.NAME])
def test_a_receipt_for_every_other_field_does_not_open_this_one(client: Client, owner: Ikm, field: str) -> None:
    factories.consent(owner, *[other for other in PersonalField if other != field], channels=list(Channel))
    page = client.get(owner.get_absolute_url()).content.decode()
    product = client.get(owner.products.get().get_absolute_url()).content.decode()

    assert [value for value in PERSONAL[field] if value in page or value in product] == []


def test_after_withdrawal_nothing_is_left(client: Client, owner: Ikm) -> None:
    receipt = factories.consent(owner, *PersonalField, channels=list(Channel))
    refresh(owner)
    assert "zubaidah" in Ikm.objects.get(pk=owner.pk).search_text
    withdraw_consent(consent=receipt, by=receipt.recorded_by)

    assert leaks(client, every(PERSONAL)) == []


def test_what_a_printed_edition_is_set_from_holds_nothing_of_a_person(owner: Ikm) -> None:
    """The files of an edition are made of its frozen documents alone."""
    edition = factories.edition()
    for product in Product.objects.published():
        factories.edition_entry(edition=edition, product=product)
    frozen = json.dumps(freeze(edition).documents, ensure_ascii=False)

    assert "Wingko" in frozen
    assert [secret for secret in (*every(PERSONAL), *INTERNAL, *HIDDEN) if secret in frozen] == []


@pytest.mark.parametrize("consented", [False, True])
def test_a_walk_through_everything_writes_nothing_of_a_person_into_the_log(
    client: Client, owner: Ikm, caplog: pytest.LogCaptureFixture, consented: bool
) -> None:
    """A log has no consent: also what the pages may show stays out of it."""
    if consented:
        factories.consent(owner, *PersonalField, channels=list(Channel))
    caplog.set_level(logging.DEBUG)
    asked = [address for address, _ in answers(client)]
    # The words of a search stand in its address; they are the asker's.
    logged = [
        record.getMessage()
        for record in caplog.records
        if record.name != "django.db.backends" and "q=" not in record.getMessage()
    ]

    assert "/tidak-ada/" in asked
    assert any("/tidak-ada/" in line for line in logged)
    assert [
        (secret, line) for line in logged for secret in (*every(PERSONAL), *INTERNAL, *HIDDEN) if secret in line
    ] == []
