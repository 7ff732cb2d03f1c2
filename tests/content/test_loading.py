"""`seed` is repeatable, and never takes back what staff changed or deleted."""

import datetime
from decimal import Decimal

import pytest

from products.models import Product
from semarang_ikm.content import MistakesInContent, Report, load, read_content
from semarang_ikm.shared.choices import PublicationStatus
from sentra.codes import issue_codes
from sentra.models import (
    AreaAlias,
    Figure,
    Ikm,
    Kecamatan,
    ProductType,
    SearchVariant,
    SeedRecord,
    Sentra,
    SentraLocation,
    Source,
)
from tests import factories

MALON, TANDANG = "batik-warna-alam-malon", "tahu-tempe-tandang"
MALON_FILE, TANDANG_FILE = f"sentra/01-{MALON}.toml", f"sentra/02-{TANDANG}.toml"

pytestmark = pytest.mark.django_db


def test_everything_that_ships_arrives_published_searchable_and_with_its_code(shipped):
    report = load(shipped)
    assert report == Report(created=len(shipped.rows))
    codes = list(Sentra.objects.published().order_by("pk").values_list("code", flat=True))
    assert codes[:7] == ["S-01", "S-02", "S-03", "S-04", "S-05", "S-06", "S-07"]
    assert len(codes) == len(shipped.of(Sentra))
    assert not Product.objects.filter(search_text="").exists()
    assert Ikm.objects.published().count() == Ikm.objects.count() == len(shipped.of(Ikm))
    sentra = Sentra.objects.get(slug=TANDANG)
    assert "tandang" in sentra.search_text and "tempe" in sentra.search_text
    assert sentra.checked_on is None
    assert sentra.published_at.astimezone().date() == datetime.date(2026, 11, 23)
    assert issue_codes("S") == [f"S-{len(codes) + 1}"]


def test_types_know_everything_above_them(shipped):
    load(shipped)
    above = ProductType.objects.get(slug="tempe").ancestors.values_list("slug", flat=True)
    assert set(above) == {"tempe", "olahan-kedelai", "pangan"}


def test_a_second_run_asks_one_question_and_writes_nothing(shipped, django_assert_num_queries):
    load(shipped)
    stamps = list(Sentra.objects.values_list("pk", "updated_at").order_by("pk"))
    with django_assert_num_queries(1) as asked:
        assert load(shipped) == Report()
    assert asked.captured_queries[0]["sql"].startswith("SELECT")
    assert list(Sentra.objects.values_list("pk", "updated_at").order_by("pk")) == stamps


def test_a_correction_in_a_file_reaches_the_database_once(seeded, edit):
    before = Sentra.objects.get(slug=MALON).updated_at
    edit(MALON_FILE, 'name = "Batik Warna Alam Malon"', 'name = "Batik Alam Malon"')
    edit(TANDANG_FILE, "value_min = 36", "value_min = 37")
    assert load(read_content(seeded)) == Report(updated=2)
    sentra = Sentra.objects.get(slug=MALON)
    assert sentra.name == "Batik Alam Malon"
    assert sentra.updated_at > before
    assert sentra.search_text.startswith("batik alam malon |")
    assert Figure.objects.filter(sentra__slug=TANDANG, value_min=37).count() == 1
    assert load(read_content(seeded)) == Report()


def test_what_staff_changed_stays_and_the_rest_follows(seeded, edit):
    sentra = Sentra.objects.get(slug=MALON)
    sentra.summary = "Ditulis petugas."
    sentra.save()
    edit(MALON_FILE, 'summary = "Kampung di Gunungpati', 'summary = "Sebuah kampung di Gunungpati')
    edit(MALON_FILE, 'summary_en = "A village in Gunungpati', 'summary_en = "One village in Gunungpati')
    report = load(read_content(seeded))
    sentra.refresh_from_db()
    assert sentra.summary == "Ditulis petugas."
    assert sentra.summary_en.startswith("One village")
    assert (report.updated, report.kept) == (1, 1)
    assert load(read_content(seeded)).updated == 0


def test_staff_keep_their_word_even_when_a_file_once_said_the_same(seeded, edit):
    """A field is ours only while it holds what was last written, not what a file says now."""
    sentra = Sentra.objects.get(slug=MALON)
    sentra.name_en = "Naturally Malon"
    sentra.save()
    edit(MALON_FILE, 'name_en = "Malon Natural-Dye Batik"', 'name_en = "Naturally Malon"')
    load(read_content(seeded))
    edit(MALON_FILE, 'name_en = "Naturally Malon"', 'name_en = "Something else"')
    load(read_content(seeded))
    sentra.refresh_from_db()
    assert sentra.name_en == "Naturally Malon"


def test_what_staff_archived_stays_archived(seeded, edit):
    Sentra.objects.filter(slug=MALON).update(status=PublicationStatus.ARCHIVED)
    edit(MALON_FILE, "published_on = 2026-11-23", "published_on = 2026-11-24")
    load(read_content(seeded))
    assert Sentra.objects.get(slug=MALON).status == PublicationStatus.ARCHIVED


def test_what_staff_deleted_stays_deleted(seeded, edit):
    Product.objects.get(slug="tempe-tandang").delete()
    Figure.objects.get(sentra__slug=TANDANG, kind="output").delete()
    AreaAlias.objects.get(name="Kampung Malon").delete()
    edit(TANDANG_FILE, "value_min = 75", "value_min = 76")
    edit(TANDANG_FILE, 'slug = "tempe-tandang"\nname = "Tempe"', 'slug = "tempe-tandang"\nname = "Tempe segar"')
    assert load(read_content(seeded)) == Report()
    assert not Product.objects.filter(slug="tempe-tandang").exists()
    assert not Figure.objects.filter(sentra__slug=TANDANG, kind="output").exists()
    assert not AreaAlias.objects.filter(name="Kampung Malon").exists()


def test_nothing_new_grows_on_a_deleted_sentra(seeded, edit):
    Product.objects.filter(sentra__slug=TANDANG).delete()
    Sentra.objects.get(slug=TANDANG).delete()
    edit(
        TANDANG_FILE,
        '[[question]]\nkey = "letak"',
        '[[product]]\nslug = "tauge"\nname = "Tauge"\nname_en = "Bean sprouts"\nproduct_type = "pangan"\n\n'
        '[[question]]\nkey = "letak"',
    )
    assert load(read_content(seeded)) == Report()
    assert not Product.objects.filter(slug="tauge").exists()
    assert not Figure.objects.filter(sentra__slug=TANDANG).exists()


def test_a_new_row_arrives_beside_what_staff_entered(seeded, edit):
    mine = factories.product(published=True)
    edit(
        TANDANG_FILE,
        '[[question]]\nkey = "letak"',
        '[[product]]\nslug = "tauge"\nname = "Tauge"\nname_en = "Bean sprouts"\nproduct_type = "pangan"\n\n'
        '[[question]]\nkey = "letak"',
    )
    assert load(read_content(seeded)) == Report(created=1)
    new = Product.objects.get(slug="tauge")
    assert new.sentra.slug == TANDANG and new.code != mine.code and "tandang" in new.search_text


def test_relations_follow_the_files_until_staff_change_them(seeded, edit):
    edit(
        MALON_FILE,
        'product_types = ["batik-warna-alam"]\nrecognised_by',
        'product_types = ["batik-warna-alam", "suvenir"]\nrecognised_by',
    )
    load(read_content(seeded))
    sentra = Sentra.objects.get(slug=MALON)
    assert set(sentra.product_types.values_list("slug", flat=True)) == {"batik-warna-alam", "suvenir"}
    sentra.product_types.set(ProductType.objects.filter(slug="batik"))
    edit(MALON_FILE, ', "suvenir"]\nrecognised_by', ', "tas"]\nrecognised_by')
    load(read_content(seeded))
    assert set(sentra.product_types.values_list("slug", flat=True)) == {"batik"}


def test_a_place_of_work_follows_by_its_key(seeded, edit):
    place = SentraLocation.objects.get(sentra__slug=TANDANG, is_main=True)
    edit(
        TANDANG_FILE,
        'kelurahan = "tandang"\nis_main = true',
        'kelurahan = "tandang"\naddress = "Tandang"\nis_main = true',
    )
    load(read_content(seeded))
    place.refresh_from_db()
    assert place.address == "Tandang"


def test_a_value_taken_out_of_a_file_is_taken_back(seeded, edit):
    edit(TANDANG_FILE, "price_min = 300\nprice_max = 600\n", "")
    edit(TANDANG_FILE, 'price_on = "2022"\nprice_source = "kompastv-tahu-2022"\n', "")
    edit(TANDANG_FILE, "price_min = 350\nprice_max = 750\n", "")
    load(read_content(seeded))
    product = Product.objects.get(slug="tahu-putih-tandang")
    assert (product.price_min, product.price_on, product.price_source) == (None, None, None)


def test_what_staff_had_first_is_recognised_and_left_alone(db, shipped):
    mine = SearchVariant.objects.create(canonical="kerupuk", variant="krupuk", note="Dari petugas.")
    source = factories.source(key="solopos-2017", publisher="Petugas")
    report = load(shipped)
    mine.refresh_from_db()
    source.refresh_from_db()
    assert report.adopted == 2
    assert (mine.note, source.publisher) == ("Dari petugas.", "Petugas")
    assert SearchVariant.objects.filter(variant="krupuk").count() == 1
    assert Figure.objects.filter(source__key="kontan-krobokan-2015").exists()
    assert Sentra.objects.get(slug=MALON).sources.filter(pk=source.pk).exists()
    assert load(shipped) == Report()


def test_a_change_that_no_longer_fits_is_left_out_and_said(seeded, edit):
    factories.sentra(name="Batik Alam Malon")
    edit(MALON_FILE, 'name = "Batik Warna Alam Malon"', 'name = "Batik Alam Malon"')
    report = load(read_content(seeded))
    assert report.conflicts == [f"sentra.sentra: {MALON}"]
    assert Sentra.objects.get(slug=MALON).name == "Batik Warna Alam Malon"


def test_a_new_row_that_does_not_fit_leaves_the_others_in(seeded, edit):
    sentra = Sentra.objects.get(slug=MALON)
    SentraLocation.objects.filter(sentra=sentra).update(is_main=False)
    SentraLocation.objects.create(sentra=sentra, kelurahan_id=factories.kelurahan().pk, is_main=True)
    edit(
        MALON_FILE,
        '[[figure]]\nkey = "kampung-tematik-2016"',
        '[[location]]\nkelurahan = "kandri"\nis_main = true\n\n[[location]]\nkelurahan = "sukorejo"\n\n'
        '[[figure]]\nkey = "kampung-tematik-2016"',
    )
    edit(MALON_FILE, 'kelurahan = "gunungpati"\nis_main = true', 'kelurahan = "gunungpati"')
    report = load(read_content(seeded))
    assert report.conflicts == [f"sentra.sentralocation: {MALON}/kandri/production"]
    assert SentraLocation.objects.filter(sentra=sentra, kelurahan__slug="sukorejo").exists()


def test_content_with_a_mistake_writes_nothing(folder, edit):
    edit(MALON_FILE, 'source = "ceklangsung-malon"', 'source = "nobody"')
    with pytest.raises(MistakesInContent) as refused:
        load(read_content(folder))
    assert "nobody" in str(refused.value)
    assert not SeedRecord.objects.exists() and not Kecamatan.objects.exists() and not Source.objects.exists()


def test_numbers_and_dates_keep_how_much_of_them_is_known(seeded):
    figure = Figure.objects.get(sentra__slug=TANDANG, kind="makers", qualifier="exact")
    assert (figure.value_min, figure.value_max) == (Decimal(36), None)
    assert (figure.as_of, figure.as_of_precision) == (datetime.date(2015, 10, 1), "month")
    tofu = Product.objects.get(slug="tahu-pong-tandang")
    assert (tofu.price_on, tofu.price_precision) == (datetime.date(2022, 1, 1), "year")
