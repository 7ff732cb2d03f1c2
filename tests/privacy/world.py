"""A city in which something of a person stands in every place that can hold it, beside what is for everybody."""

from django.contrib.auth.models import User
from django.core.files.base import ContentFile

from products.models import Product
from promotions.actions import editions
from promotions.cases.figures import last_day
from promotions.cases.suppression import FEWEST
from promotions.models import CatalogueEdition, Promotion
from semarang_ikm.shared.images import write_copies
from semarang_ikm.shared.time import today
from sentra.choices import ChangeKind, ContactKind
from sentra.history import recording
from sentra.models import Ikm
from tests import factories, help_given, officers, selection_factories
from tests.privacy.values import CONTACTS, NAME, NIK
from tests.promotions.waiving import waive_all
from tests.semarang_ikm import pages
from tests.semarang_ikm.exchange import rows


def plant() -> Ikm:
    """A published business of a person, beside everything that is not for the public. No receipt yet."""
    pages.build()
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
        factories.contact(kind, value, ikm=owner, note=f"CatatanKontak {NIK}")
    factories.contact(ContactKind.MAP_POINT, ikm=owner, latitude="-6.987654", longitude="110.434343")
    factories.contact(ContactKind.WHATSAPP, "+6281366654321", sentra=shown.sentra)
    kind = shown.product_types.get()
    product = factories.product("Wingko", ikm=owner, product_type=kind, published=True, price_min=9_000)
    certificate = {
        "holder_name": "Xaverius",
        "note": "CatatanSertifikat",
        "checked_by": officer,
        "checked_on": factories.days_ago(3),
    }
    halal = product.certifications.model.kind.field.related_model.objects.get(slug="halal")
    factories.certification(kind=halal, products=[product], expires_on=factories.days_ago(-20), **certificate)
    factories.certification(kind=halal, ikm=owner, **certificate)
    photo = factories.product_photo(product=product, usage_right="HakPakaiFoto")
    write_copies(photo.image.name)
    # As large as the pre-flight wants it; the picture itself is of no matter here.
    type(photo).objects.filter(pk=photo.pk).update(width=1600, height=1200)
    _plant_help(owner, product, officer)
    _plant_hidden(shown)
    _plant_office(owner, officer)
    event = factories.promotion("Pameran", published=True, starts_on=today(), sentra=[shown.sentra])
    factories.appearance(promotion=event, ikm=owner, products=[product], note="LangkahLedger")
    Ikm.objects.filter(pk=shown.pk).update(successor=owner)
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
    with recording(kind=ChangeKind.EDIT, by=officer, why="AlasanPerkara"):
        case.description = "UraianPerkara, kedua"
        case.save()
    support = factories.packaging_support(ikm=owner, note="CatatanKemasan")
    support.products.add(product)
    help_given.packaging_photo("before", support=support, alt="FotoArsip", usage_right="HakPakaiKemasan")
    help_given.packaging_photo("after", support=support, cleared=True, usage_right="HakPakaiKemasan")


def _plant_hidden(shown: Ikm) -> None:
    kind, place = shown.product_types.get(), shown.kelurahan
    factories.sentra("Sentra Draf", types=[kind], kelurahan=[place])
    draft = factories.ikm("Usaha Draf", sentra=shown.sentra, kelurahan=place, types=[kind])
    factories.product("Produk Draf", ikm=shown, product_type=kind)
    factories.product("Produk Tersembunyi", ikm=draft, product_type=kind, published=True, price_min=1_000)
    gone = factories.ikm("Usaha Arsip", sentra=shown.sentra, kelurahan=place, types=[kind], published=True)
    Ikm.objects.filter(pk=gone.pk).update(status="archived")
    event = factories.promotion("Acara Draf", starts_on=today(), sentra=[shown.sentra])
    factories.appearance(promotion=event, ikm=shown)
    for hidden in (draft, gone):
        factories.appearance(promotion=Promotion.objects.published().first(), ikm=hidden)


def _plant_office(owner: Ikm, officer: User) -> None:
    """What officers and senders wrote about the owner."""
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
    officers.review(record=owner, wish="KeinginanPenyunting", asked_by=officer)
    with recording(kind=ChangeKind.EDIT, by=officer, why="AlasanPerubahan"):
        owner.minimum_order = "5 buah"
        owner.save()
    selection = selection_factories.fair_selection()
    selection_factories.selection_rule(selection=selection)
    selection_factories.selection_decision(selection=selection, ikm=owner, reason="AlasanSeleksi", decided_by=officer)
    proposal = rows.import_proposal(created_by=officer, file_name="BerkasImpor.xlsx")
    raw = {"name": NAME, "nib": "0220009876543", "whatsapp": "081298765432", "owner_name": "Qomariyah"}
    cells = [{"key": key, "after": value} for key, value in raw.items()]
    rows.proposal_row(proposal=proposal, name=NAME, raw=raw, cells=cells, state="wrong")


def consent(owner: Ikm, *fields: str, channels: list) -> None:
    """A receipt with everything that a receipt holds."""
    receipt = factories.consent(owner, *fields, channels=channels, person="PemberiIzin", note="CatatanIzin")
    receipt.evidence.save("BerkasIzin.pdf", ContentFile(b"%PDF-1.4 BerkasIzin"))


def print_edition(owner: Ikm) -> CatalogueEdition:
    """An edition with the owner's product, published today; another one is still being planned."""
    products = list(Product.objects.published())
    assert owner.products.get() in products
    factories.edition_entry(edition=factories.edition("Edisi Draf"), product=products[0])
    return edition_of(products)


def edition_of(products: list[Product]) -> CatalogueEdition:
    edition = factories.edition("Oleh-oleh", foreword="Kata pengantar")
    editions.add_products(edition=edition, products=products, by=None)
    waive_all(edition)
    editions.publish(edition=edition, by=None)
    edition.refresh_from_db()
    return edition
