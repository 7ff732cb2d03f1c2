"""What could be typed into the fields of this app (semarang_ikm.shared.admin.examples)."""

from products.models import CertificateKind, Certification, CertificationRule, PackagingSupport, Product
from semarang_ikm.shared.admin.examples import of

of(
    Product,
    summary="Renyah, tanpa pengawet.",
    price_min="15000",
    price_max="25000",
    price_unit="lembar",
    materials="singkong, minyak, garam",
    size="250 g",
    storage="di tempat kering, suhu ruang",
    shelf_life_days="90",
    minimum_order="10 bungkus",
    hs_code="190590",
    name_en="Cassava crisps",
    summary_en="Crisp, without preservatives.",
    materials_en="cassava, oil, salt",
    size_en="250 g",
    storage_en="in a dry place, at room temperature",
    price_unit_en="pack",
)
of(
    CertificateKind,
    full_name="Sertifikat Halal",
    slug="halal",
    issuer="Badan Penyelenggara Jaminan Produk Halal",
    promise="Bahan dan cara membuatnya halal.",
    limits="Tidak menilai rasa atau gizi.",
    number_format="dua huruf, lalu angka",
    how_to_check="Cari nomornya di situs penerbit.",
    how_to_get="Daftar di situs penerbit dengan NIB (aturan 2024).",
    lead_time_days="60",
    full_name_en="Halal Certificate",
    issuer_en="Halal Product Assurance Agency",
    promise_en="Ingredients and process are halal.",
    limits_en="Does not judge taste or nutrition.",
    number_format_en="two letters, then digits",
    how_to_check_en="Look up the number on the issuer's website.",
    how_to_get_en="Register on the issuer's website with the NIB (rules of 2024).",
)
of(CertificationRule, validity_months="60", condition_en="while ingredients and process stay the same")
of(Certification, number="AB-0001-2026", holder_name="Siti Aminah", note="asli disimpan pemilik")
of(PackagingSupport, quantity="200", unit="lembar", note="desain dibuat bersama pemilik")
