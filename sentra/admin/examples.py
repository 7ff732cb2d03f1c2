"""What could be typed into the fields of this app (semarang_ikm.shared.admin.examples)."""

from semarang_ikm.shared.admin.examples import of
from sentra.models import (
    AreaAlias,
    Consent,
    Contact,
    DataReport,
    Figure,
    Ikm,
    Kecamatan,
    Kelurahan,
    OfficeProfile,
    OpenQuestion,
    ProductType,
    SearchVariant,
    Sentra,
    SentraLocation,
    Source,
)

of(Kecamatan, name="Gunungpati")
of(Kelurahan, name="Sumurrejo", postal_code="50123")
of(AreaAlias, note="nama lama di surat tanah")
of(Consent, person="Siti Aminah", note="ditandatangani di tempat kerja")
of(Contact, note="dijawab sesudah pukul 16")
of(
    Sentra,
    summary="Sentra pembuat keripik di tiga gang kampung.",
    description="Para perajin bekerja di rumah masing-masing dan berbagi alat.",
    activity_note="hanya menjelang Lebaran",
    name_en="Kampung Contoh Crisps Centre",
    summary_en="Crisps are made in three lanes of this kampung.",
    description_en="The makers work at home and share their tools.",
    activity_note_en="only before Eid",
    visiting_hours_en="Monday to Saturday, 9 a.m. to 4 p.m.",
)
of(
    SentraLocation,
    used_from="1998",
    used_until="2010",
    note="di belakang balai RW",
    note_en="behind the neighbourhood hall",
)
of(
    Figure,
    label="perajin tempe",
    label_en="tempe makers",
    value_min="36",
    value_max="40",
    unit="perajin",
    unit_en="makers",
)
of(OpenQuestion, text="Berapa perajin yang masih aktif?", text_en="How many makers are still active?")
of(
    Ikm,
    summary="Keripik singkong aneka rasa, dibuat setiap hari.",
    founded="2015",
    workers="4",
    story="Usaha ini mulai dari dapur rumah dan kini memakai tungku bersama.",
    summary_en="Cassava crisps in several flavours, made daily.",
    story_en="It began in a home kitchen and now shares an oven.",
)
of(
    ProductType,
    name="Keripik",
    name_en="Crisps",
    description="Irisan tipis yang digoreng sampai kering.",
    description_en="Thin slices, fried until crisp.",
    kbli_code="13134",
    kbli_edition="2020",
)
of(
    Source,
    publisher="Badan Pusat Statistik",
    title="Daftar sentra industri 2025",
    url="https://contoh.id/daftar-sentra",
    note="halaman 12",
)
of(SearchVariant, variant="krupuk", canonical="kerupuk", language="id", note="ejaan lama")
of(
    DataReport,
    note="sudah ditelepon, menunggu jawaban",
    answer_note="Nomor diperbaiki; dijawab lewat WhatsApp 3 November 2026.",
)
of(
    OfficeProfile,
    name_en="Office of Industry",
    address="Jalan Contoh 1, Semarang",
    email="dinas@contoh.id",
    hours="Senin sampai Jumat, 08.00–15.00",
    hours_en="Monday to Friday, 8 a.m. to 3 p.m.",
    reply_promise_en="We answer within 3 working days.",
    data_licence_url="https://creativecommons.org/licenses/by/4.0/",
    data_attribution="Dinas, data sentra 2026",
)
