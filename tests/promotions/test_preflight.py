"""The pre-flight: every planted defect is found, what is sound is not, and publishing waits for a mend or a reason."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from products.models import Product, ProductPhoto
from promotions.actions import editions
from promotions.catalogue.fonts import Typefaces
from promotions.choices import Density, EditionLanguage
from promotions.models import CatalogueEdition
from promotions.preflight import layout, photos, server
from promotions.preflight.checks import CHECKS, TITLES, examine, look_at
from promotions.preflight.plan import read
from sentra.models import OfficeProfile
from tests import factories
from tests.promotions.preflight_rows import found, one, plan, sound_product
from tests.promotions.waiving import measured

pytestmark = pytest.mark.django_db
NUMBER = "+6281215550123"


@pytest.fixture(autouse=True)
def lasting_site(settings) -> None:
    settings.SITE_URL = "https://sentra.example.org"


def test_nothing_is_found_in_a_sound_edition() -> None:
    assert found(plan(sound_product(), sound_product("Kain soga"))) == set()


def test_every_check_has_its_title_and_stands_once() -> None:
    assert len(set(CHECKS)) == len(CHECKS) == len(TITLES)


# -- planted defects ----------------------------------------------------------------------------------------------------


def test_an_empty_plan() -> None:
    assert ("empty", "red", "") in found(factories.edition())


def test_codes_that_lead_nowhere() -> None:
    deleted, draft, orphan, kept = (sound_product(f"Produk {n}") for n in range(4))
    edition = plan(deleted, draft, orphan, kept)
    deleted.delete()
    Product.objects.filter(pk=draft.pk).update(status="draft")
    orphan.ikm.status = "archived"
    orphan.ikm.save()
    codes = {code for check, level, code in found(edition) if (check, level) == ("dead-codes", "red")}
    assert codes == {deleted.code, draft.code, orphan.code}


def test_a_maker_with_more_than_four_products() -> None:
    first = sound_product()
    four = [first, *(sound_product(f"Kain {n}", ikm=first.ikm) for n in range(3))]
    edition = plan(*four)
    assert found(edition) == set()
    editions.add_products(edition=edition, products=[sound_product("Kelima", ikm=first.ikm)], by=None)
    assert found(edition) == {("same-maker", "amber", first.ikm.code)}


@pytest.mark.parametrize("days", [366, None])
def test_data_that_nobody_looked_at_for_a_year(days: int | None) -> None:
    product = sound_product()
    if days is None:
        Product.objects.filter(pk=product.pk).update(checked_on=None, checked_by=None)
    else:
        Product.objects.filter(pk=product.pk).update(checked_on=factories.days_ago(days))
    assert found(plan(product, sound_product("Kain soga"))) == {("stale-data", "amber", product.code)}


def test_a_price_older_than_ninety_days_unless_the_edition_prints_none() -> None:
    fresh = sound_product(price_min=50_000, price_on=factories.days_ago(90))
    old = sound_product(price_min=50_000, price_on=factories.days_ago(91))
    assert found(plan(fresh, old)) == {("stale-prices", "amber", old.code)}
    assert found(plan(fresh, old, shows_prices=False)) == set()


def test_a_product_without_a_photo() -> None:
    product = sound_product()
    product.photos.all().delete()
    assert found(plan(product, sound_product("Kain soga"))) == {("missing-photos", "amber", product.code)}


@pytest.mark.parametrize(("width", "level"), [(600, "red"), (800, "amber"), (945, None)])
def test_photos_too_small_for_their_frame(width: int, level: str | None) -> None:
    product = sound_product(width=width)
    expected = {("coarse-photos", level, product.code)} if level else set()
    assert found(plan(product)) == expected


def test_resolution_is_that_of_the_side_that_is_cut_last() -> None:
    wide, square = ProductPhoto(width=945, height=200), ProductPhoto(width=945, height=600)
    assert photos.resolution(wide, Density.COMPACT) == 110
    assert photos.resolution(square, Density.COMPACT) == 300
    assert photos.resolution(square, Density.LARGE) == 254


def test_a_photo_without_words_or_name() -> None:
    product = sound_product()
    product.photos.update(alt="", credit=" ")
    edition = plan(product, sound_product("Kain soga"))
    assert found(edition) == {("photo-words", "red", product.code)}
    assert "teks pengganti dan nama pemotret" in one(edition, "photo-words").says


def test_certificates_that_end_before_the_day_and_those_nobody_checked() -> None:
    ending, unchecked, lasting = (sound_product(f"Kain {n}") for n in range(3))
    factories.certification(products=[ending], expires_on=factories.days_ago(-10))
    factories.certification(products=[unchecked], checked=False)
    factories.certification(products=[lasting], expires_on=factories.days_ago(-400))
    codes = {
        code for check, _level, code in found(plan(ending, unchecked, lasting)) if check == "certificates-on-the-day"
    }
    assert codes == {ending.code, unchecked.code}


def test_a_certificate_for_food_on_something_else() -> None:
    kind = factories.certificate_kind(for_food_only=True)
    cloth = sound_product()
    food = sound_product("Wingko", product_type=factories.product_type(is_food=True))
    for product in (cloth, food):
        factories.certification(kind=kind, products=[product])
    assert found(plan(cloth, food)) == {("certificates-that-fit", "red", cloth.code)}


def test_names_numbers_and_faces_that_paper_may_not_show() -> None:
    product, allowed = sound_product(), sound_product("Kain soga")
    for made in (product, allowed):
        factories.contact(ikm=made.ikm, kind="whatsapp", value=NUMBER)
    factories.consent(product.ikm, "whatsapp", channels=["web"])
    factories.consent(allowed.ikm, "whatsapp", channels=["web", "print"])
    edition = plan(product, allowed)
    assert found(edition) == {("print-consent", "amber", product.ikm.code)}
    assert "Nomor WhatsApp" in one(edition, "print-consent").says
    assert NUMBER not in one(edition, "print-consent").says


def test_a_personal_name_is_not_told_by_its_own_finding() -> None:
    ikm = factories.ikm("Bu Sri Rahayuningsih", published=True, name_is_personal=True)
    finding = one(plan(sound_product(ikm=ikm)), "print-consent")
    assert "Rahayuningsih" not in finding.says and ikm.code in finding.says


@pytest.mark.parametrize(
    "words",
    ["Pesan ke 0812-1555-0123.", "Hubungi +62 812 1555 0123", "Surel: warung@example.org", "Buatan Sulastri Handayani"],
)
def test_personal_data_written_into_a_text(words: str) -> None:
    product = sound_product(summary=words, summary_en="A cloth")
    factories.contact(ikm=product.ikm, kind="owner_name", value="Sulastri Handayani")
    edition = plan(product)
    assert ("personal-data-in-texts", "red", product.code) in found(edition)


@pytest.mark.parametrize(
    "words", ["Rp1.250.000 per 10 helai", "sejak 1998, 2.000 lembar", "NIB dan 36 perajin, 120 × 240 cm"]
)
def test_numbers_that_are_nobodys(words: str) -> None:
    assert found(plan(sound_product(summary=words))) == set()


def test_the_number_of_the_office_may_stand_in_the_foreword() -> None:
    office = OfficeProfile.load()
    office.telephone = "+62243584000"
    office.save()
    assert found(plan(foreword="Telepon kami (024) 358-4000.")) == set()
    assert found(plan(foreword="Telepon kami 0812-1555-0123.")) == {("personal-data-in-texts", "red", "")}


def test_areas_are_spelt_as_in_the_master_list() -> None:
    right = factories.kelurahan("Bugangan")
    factories.area_alias("buganan", kelurahan=right, kind="misspelling")
    factories.area_alias("Tanjung Emas", kelurahan=factories.kelurahan("Tanjung Mas"), kind="spelling")
    factories.area_alias("Kampung Logam", kelurahan=right, kind="place")
    wrong = sound_product(summary="Logam dari Buganan.")
    other = sound_product("Ikan", summary="Dari Tanjung Emas.")
    sound = sound_product("Wajan", summary="Di Kampung Logam, Bugangan, dekat Pelabuhan Tanjung Emas.")
    assert found(plan(wrong, other, sound)) == {
        ("area-names", "red", wrong.code),
        ("area-names", "amber", other.code),
    }


def test_both_languages_are_asked_for_only_where_both_are_printed() -> None:
    product = sound_product(summary="Kain halus", name_en="Indigo cloth")
    assert found(plan(product)) == set()
    edition = plan(product, language=EditionLanguage.BOTH)
    lacking = {(f.code, f.facts) for f in examine(edition).findings if f.check == "both-languages"}
    assert (product.code, ("summary_en",)) in lacking
    assert ("", ("title_en", "foreword_en")) in lacking
    Product.objects.filter(pk=product.pk).update(summary="", summary_en="Fine cloth")
    assert one(plan(product), "both-languages").facts == ("summary",)


def test_a_book_without_a_foreword_or_a_name_under_it() -> None:
    assert found(plan(foreword=" ")) == found(plan(signed_by="")) == {("foreword", "amber", "")}


def test_a_site_that_will_move_prints_no_qr(settings) -> None:
    settings.SITE_URL = "http://127.0.0.1:8000"
    assert found(plan()) == {("lasting-address", "amber", "")}


def layout_of(edition: CatalogueEdition, **library: bool) -> list[tuple[str, str, str]]:
    looked = look_at(replace(read(edition), **library), [layout.not_measured, layout.laid_out_pages])
    return [(f.check, f.level.value, f.code) for f in looked]


def test_pages_that_nobody_measured_block_and_so_do_those_that_changed_since() -> None:
    product = sound_product()
    edition = plan(product)
    unknown = [("not-measured", "red", "")]
    assert layout_of(edition, can_measure=True) == unknown
    measured(edition)
    assert layout_of(edition) == []
    Product.objects.filter(pk=product.pk).update(name="Nama yang jauh lebih panjang daripada yang diukur")
    assert layout_of(edition, can_measure=True) == unknown


def test_where_nothing_can_be_laid_out_a_reason_is_asked_for() -> None:
    assert layout_of(plan(), can_measure=False) == [("not-measured", "amber", "")]


@pytest.mark.parametrize(
    ("kind", "paper", "level"),
    [("cut", "a4", "red"), ("cut", "a5", "amber"), ("on-art", "a4", "amber"), ("lonely", "a4", "amber")],
)
def test_what_was_measured_is_told_with_its_page(kind: str, paper: str, level: str) -> None:
    product = sound_product()
    edition = plan(product)
    measured(edition, {"paper": paper, "kind": kind, "page": 7, "code": product.code, "words": "Kain nila"})
    assert layout_of(edition) == [("laid-out-pages", level, product.code)]
    assert "halaman 7" in one(edition, "laid-out-pages").says


def test_a_missing_typeface() -> None:
    material = replace(read(plan()), typefaces=Typefaces((), as_designed=False))
    assert [finding.check for finding in look_at(material, [server.typefaces])] == ["typefaces"]


def test_the_number_of_queries_does_not_grow() -> None:
    counts = []
    for many in (1, 6):
        edition = plan(*(sound_product(f"Kain {many} {n}") for n in range(many)))
        with CaptureQueriesContext(connection) as queries:
            examine(CatalogueEdition.objects.get(pk=edition.pk))
        counts.append(len(queries))
    assert counts[0] == counts[1]
