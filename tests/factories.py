"""A small factory per model: sensible rows by default, keyword overrides, the models' own save().

`published=True` publishes a row; a product's maker is then published too unless it is given.
Sentra, ikm, product and promotion are indexed for search and sorting (the first three unless `indexed=False`).
"""

import datetime
from collections.abc import Iterable
from itertools import count
from typing import Any

from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.utils import timezone

from products.choices import CertificationStage, PackagingKind
from products.models import CertificateKind, Certification, CertificationRule, PackagingSupport, Product, ProductPhoto
from promotions.choices import EditionStatus, ObstacleKind, PartnerKind, PromotionKind
from promotions.models import (
    Appearance,
    CaseStep,
    CatalogueEdition,
    EditionEntry,
    EditionFile,
    FacilitationCase,
    Partner,
    Promotion,
)
from semarang_ikm.shared.choices import Channel, PublicationStatus
from semarang_ikm.shared.time import today
from sentra.choices import AreaLevel, Confidence, ContactKind, FigureKind, QuestionKind
from sentra.codes import issue_codes
from sentra.indexing import refresh
from sentra.models import (
    AreaAlias,
    BoundarySet,
    BoundaryShape,
    Consent,
    ConsentScope,
    Contact,
    DataReport,
    Figure,
    Ikm,
    Kecamatan,
    Kelurahan,
    OpenQuestion,
    ProductType,
    SearchVariant,
    Sentra,
    SentraLocation,
    SentraPhoto,
    Source,
)

_numbers = count(1)
# In the middle of the city, degrees.
LATITUDE, LONGITUDE = "-6.990000", "110.420000"


def number() -> int:
    """One that no other row of this test run uses."""
    return next(_numbers)


def days_ago(days: int) -> datetime.date:
    return today() - datetime.timedelta(days=days)


def _publication(published: bool, fields: dict[str, Any]) -> dict[str, Any]:
    if published:
        fields.setdefault("status", PublicationStatus.PUBLISHED)
        fields.setdefault("published_at", timezone.now())
    return fields


def user(**fields: Any) -> User:
    fields.setdefault("username", f"petugas{number()}")
    return User.objects.create_user(**fields)


# -- areas, types, sources --------------------------------------------------------------------------------------------


def kecamatan(name: str = "", **fields: Any) -> Kecamatan:
    n = number()
    fields = {"code": f"33.74.{n:04d}", "slug": f"kec-{n}", "latitude": LATITUDE, "longitude": LONGITUDE} | fields
    return Kecamatan.objects.create(name=name or f"Kecamatan {n}", **fields)


def kelurahan(name: str = "", **fields: Any) -> Kelurahan:
    n = number()
    code = f"33.74.{n // 10_000:02d}.{n % 10_000:04d}"
    fields = {"code": code, "slug": f"kel-{n}", "latitude": LATITUDE, "longitude": LONGITUDE} | fields
    if "kecamatan" not in fields:
        fields["kecamatan"] = kecamatan()
    return Kelurahan.objects.create(name=name or f"Kelurahan {n}", **fields)


def area_alias(name: str = "", **fields: Any) -> AreaAlias:
    if not {"kecamatan", "kelurahan"} & set(fields):
        fields["kelurahan"] = kelurahan()
    return AreaAlias.objects.create(name=name or f"Kampung {number()}", **fields)


def boundary_set(**fields: Any) -> BoundarySet:
    fields = {
        "source": "Dinas Uji",
        "level": AreaLevel.KECAMATAN,
        "left": 0,
        "top": 0,
        "width": 720,
        "height": 580,
    } | fields
    return BoundarySet.objects.create(pk=1, **fields)


def boundary_shape(**fields: Any) -> BoundaryShape:
    for name, make in (("boundary_set", boundary_set), ("kecamatan", kecamatan)):
        if name not in fields:
            fields[name] = make()
    return BoundaryShape.objects.create(**{"path": "M0 0l90 0l0 90z", "label_x": 60, "label_y": 30} | fields)


def product_type(name: str = "", **fields: Any) -> ProductType:
    """With its lineage: itself and every type above it."""
    kind = ProductType.objects.create(name=name or f"Jenis {number()}", **fields)
    kind.ancestors.set([kind, *(kind.parent.ancestors.all() if kind.parent else [])])
    return kind


def source(**fields: Any) -> Source:
    fields = {
        "key": f"sumber-{number()}",
        "publisher": "Harian Uji",
        "title": "Berita uji",
        "confidence": Confidence.B,
    } | fields
    return Source.objects.create(**fields)


def search_variant(canonical: str, variant: str, **fields: Any) -> SearchVariant:
    return SearchVariant.objects.create(canonical=canonical, variant=variant, **fields)


# -- sentra and businesses --------------------------------------------------------------------------------------------


def sentra(
    name: str = "",
    *,
    published: bool = False,
    types: Iterable = (),
    kelurahan: Iterable = (),
    indexed: bool = True,
    **fields: Any,
) -> Sentra:
    """`kelurahan`: where it is, a production location each; the first is the main one."""
    record = Sentra.objects.create(name=name or f"Sentra {number()}", **_publication(published, fields))
    record.product_types.set(types)
    for position, place in enumerate(kelurahan):
        location(sentra=record, kelurahan=place, is_main=position == 0)
    if indexed:
        refresh(record)
    return record


def location(**fields: Any) -> SentraLocation:
    if "sentra" not in fields:
        fields["sentra"] = sentra()
    if "kelurahan" not in fields:
        fields["kelurahan"] = kelurahan()
    return SentraLocation.objects.create(**fields)


def figure(**fields: Any) -> Figure:
    if "sentra" not in fields:
        fields["sentra"] = sentra()
    if "source" not in fields:
        fields["source"] = source()
    fields = {
        "kind": FigureKind.MAKERS,
        "value_min": 36,
        "as_of": datetime.date(2017, 1, 1),
        "unit": "perajin",
    } | fields
    return Figure.objects.create(**fields)


def open_question(**fields: Any) -> OpenQuestion:
    if "sentra" not in fields:
        fields["sentra"] = sentra()
    return OpenQuestion.objects.create(**{"kind": QuestionKind.UNKNOWN, "text": "Berapa jumlah perajinnya?"} | fields)


def ikm(name: str = "", *, published: bool = False, types: Iterable = (), indexed: bool = True, **fields: Any) -> Ikm:
    record = Ikm.objects.create(name=name or f"Usaha Uji {number()}", **_publication(published, fields))
    record.product_types.set(types)
    if indexed:
        refresh(record)
    return record


# -- contacts and consent ---------------------------------------------------------------------------------------------


def contact(kind: str = ContactKind.WHATSAPP, value: str = "+6281215550123", **fields: Any) -> Contact:
    if not {"ikm", "sentra"} & set(fields):
        fields["ikm"] = ikm()
    if kind == ContactKind.MAP_POINT:
        value = ""
        fields = {"latitude": LATITUDE, "longitude": LONGITUDE} | fields
    return Contact.objects.create(kind=kind, value=value, **fields)


def consent(
    subject: Ikm | Sentra, *personal_fields: str, channels: Iterable = (Channel.WEB,), **fields: Any
) -> Consent:
    """A receipt of `subject` for these fields on these channels, given yesterday."""
    fields.setdefault("ikm" if isinstance(subject, Ikm) else "sentra", subject)
    fields = {"person": "Orang Uji", "given_on": days_ago(1)} | fields
    if "recorded_by" not in fields:
        fields["recorded_by"] = user()
    receipt = Consent.objects.create(**fields)
    for name in personal_fields:
        for channel in channels:
            ConsentScope.objects.create(consent=receipt, field=name, channel=channel)
    return receipt


def report(**fields: Any) -> DataReport:
    """About nothing in particular, new."""
    if "code" not in fields:
        (fields["code"],) = issue_codes(DataReport.CODE_PREFIX)
    moment = fields.pop("created_at", None)
    made = DataReport.objects.create(**{"wrong": "Nomornya sudah mati", "right": "0812-1555-0123"} | fields)
    if moment is not None:
        DataReport.objects.filter(pk=made.pk).update(created_at=moment)
        made.refresh_from_db()
    return made


# -- products and certificates ----------------------------------------------------------------------------------------


def product(name: str = "", *, published: bool = False, indexed: bool = True, **fields: Any) -> Product:
    if not {"ikm", "sentra"} & set(fields):
        fields["ikm"] = ikm(published=published)
    if "product_type" not in fields:
        fields["product_type"] = product_type()
    if fields.get("price_min") is not None:
        fields = {"price_unit": "bungkus", "price_on": today()} | fields
    record = Product.objects.create(name=name or f"Produk Uji {number()}", **_publication(published, fields))
    if indexed:
        refresh(record)
    return record


def certificate_kind(slug: str = "", **fields: Any) -> CertificateKind:
    slug = slug or f"sertifikat-{number()}"
    fields = {"name": slug.upper(), "full_name": f"Sertifikat {slug}", "issuer": "Lembaga Uji"} | fields
    fields = {"promise": "Diperiksa oleh lembaganya.", "limits": "Bukan jaminan rasa."} | fields
    return CertificateKind.objects.create(slug=slug, **fields)


def certification_rule(**fields: Any) -> CertificationRule:
    if "kind" not in fields:
        fields["kind"] = certificate_kind()
    return CertificationRule.objects.create(**{"rule_checked_on": today()} | fields)


def certification(*, products: Iterable = (), checked: bool = True, **fields: Any) -> Certification:
    """Issued, in force and checked; of the business itself unless `products` are named (their maker is then taken)."""
    covered = list(products)
    if "ikm" not in fields:
        fields["ikm"] = covered[0].ikm if covered else ikm()
    if "kind" not in fields:
        fields["kind"] = certificate_kind()
    fields = {"stage": CertificationStage.ISSUED, "number": f"UJI-{number()}", "issued_on": days_ago(30)} | fields
    if checked and "checked_on" not in fields:
        fields |= {"checked_on": today(), "checked_by": user()}
    record = Certification.objects.create(**fields)
    record.products.set(covered)
    return record


def packaging_support(**fields: Any) -> PackagingSupport:
    if "ikm" not in fields:
        fields["ikm"] = ikm()
    fields = {"kind": PackagingKind.DESIGN, "given_on": days_ago(90), "given_by": "Rumah Kemasan"} | fields
    return PackagingSupport.objects.create(**fields)


# -- photos -----------------------------------------------------------------------------------------------------------


def photo_file() -> ContentFile:
    """A real little JPEG."""
    from io import BytesIO

    from PIL import Image

    stored = BytesIO()
    Image.new("RGB", (64, 48), "#b5562b").save(stored, "JPEG")
    return ContentFile(stored.getvalue(), "foto.jpg")


def product_photo(**fields: Any) -> ProductPhoto:
    if "product" not in fields:
        fields["product"] = product()
    return ProductPhoto.objects.create(**_photo(fields))


def sentra_photo(**fields: Any) -> SentraPhoto:
    if "sentra" not in fields:
        fields["sentra"] = sentra()
    return SentraPhoto.objects.create(**_photo(fields))


def _photo(fields: dict[str, Any]) -> dict[str, Any]:
    return {
        "image": photo_file(),
        "alt": "Gambar uji berwarna",
        "credit": "Pemotret Uji",
        "usage_right": "Dibuat untuk pengujian",
    } | fields


# -- promotions -------------------------------------------------------------------------------------------------------


def partner(name: str = "", **fields: Any) -> Partner:
    n = number()
    fields = {"slug": f"mitra-{n}", "kind": PartnerKind.CITY, "role": "Pembinaan"} | fields
    return Partner.objects.create(name=name or f"Mitra {n}", **fields)


def promotion(
    name: str = "",
    *,
    published: bool = False,
    partners: Iterable[Partner] = (),
    sentra: Iterable[Sentra] = (),
    **fields: Any,
) -> Promotion:
    """An exhibition ten days ago, unless said otherwise."""
    fields = {"kind": PromotionKind.EXHIBITION, "starts_on": days_ago(10)} | fields
    record = Promotion.objects.create(name=name or f"Pameran {number()}", **_publication(published, fields))
    record.partners.set(partners)
    record.sentra.set(sentra)
    refresh(record)
    return record


def appearance(*, products: Iterable[Product] = (), **fields: Any) -> Appearance:
    if "promotion" not in fields:
        fields["promotion"] = promotion()
    if "ikm" not in fields:
        fields["ikm"] = ikm()
    record = Appearance.objects.create(**{"appeared_on": days_ago(10)} | fields)
    record.products.set(products)
    return record


def case(**fields: Any) -> FacilitationCase:
    if not {"ikm", "sentra"} & set(fields):
        fields["ikm"] = ikm()
    fields = {"kind": ObstacleKind.WATER, "title": "Tekanan air rendah", "opened_on": days_ago(20)} | fields
    if fields.get("closed_on"):
        fields = {"outcome": "Pipa diganti."} | fields
    return FacilitationCase.objects.create(**fields)


def case_step(**fields: Any) -> CaseStep:
    if "case" not in fields:
        fields["case"] = case()
    return CaseStep.objects.create(**{"done_on": days_ago(5), "text": "Surat dikirim"} | fields)


def edition(title: str = "", *, published: bool = False, **fields: Any) -> CatalogueEdition:
    """A catalogue edition; a published one is frozen today."""
    if published:
        fields = {"status": EditionStatus.PUBLISHED, "published_at": timezone.now(), "frozen_on": today()} | fields
    return CatalogueEdition.objects.create(title=title or f"Edisi {number()}", **{"day": days_ago(-30)} | fields)


def edition_entry(**fields: Any) -> EditionEntry:
    if "edition" not in fields:
        fields["edition"] = edition()
    if "product" not in fields:
        fields["product"] = product(published=True)
    return EditionEntry.objects.create(**fields)


def edition_file(**fields: Any) -> EditionFile:
    if "edition" not in fields:
        fields["edition"] = edition()
    return EditionFile.objects.create(**{"language": "id"} | fields)
