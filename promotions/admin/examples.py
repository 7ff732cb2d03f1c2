"""What could be typed into the fields of this app (semarang_ikm.shared.admin.examples)."""

from promotions.models import (
    Appearance,
    CaseLetter,
    CaseStep,
    CatalogueEdition,
    FacilitationCase,
    FairSelection,
    Partner,
    Promotion,
    SelectionRule,
)
from semarang_ikm.shared.admin.examples import of

of(
    Promotion,
    name="Pameran Produk Semarang 2026",
    description="Pameran dua hari di halaman balai kota.",
    results="12 usaha ikut; 3 mendapat pesanan tetap.",
    name_en="Semarang Products Fair 2026",
    description_en="A two-day fair in front of the city hall.",
    results_en="12 businesses took part; 3 found regular buyers.",
)
of(Appearance, note="satu meja bersama sentranya")
of(
    FacilitationCase,
    description="Air sumur keruh sejak Maret 2026; pencucian kain berhenti dua hari seminggu.",
)
of(
    CaseLetter,
    addressed_to="Direktur Utama, Perusahaan air minum",
    office_number="500/012/2026",
    subject="Permohonan penanganan hambatan: air",
    facts="Air sumur keruh sejak Maret 2026; pencucian kain berhenti dua hari seminggu.",
    request="Kami mohon survei dan sambungan air ke tiga tempat usaha.",
    signed_by="Siti Aminah",
    signed_id="19800101 200501 2 001",
)
of(CaseStep, text="Menelepon mitra; survei dijanjikan minggu depan.")
of(
    CatalogueEdition,
    foreword="Katalog ini memuat produk dari sentra di seluruh kota.",
    signed_by="Siti Aminah, Kepala Bidang",
    title_en="Products of Semarang 2026",
    foreword_en="This catalogue shows products from centres all over the city.",
)
of(
    Partner,
    name="Perusahaan air minum",
    name_en="Water company",
    slug="air-minum",
    role_en="clean water",
    address="Jalan Contoh 1, Semarang",
    telephone="(024) 555 0123",
    email="layanan@contoh.id",
)
of(
    FairSelection,
    places="12",
    food_at_most_percent="50",
    each_kecamatan_at_least="1",
    each_kecamatan_at_most="2",
    each_sentra_at_least="1",
    each_sentra_at_most="3",
)
of(SelectionRule, at_least="1", at_most="3")
