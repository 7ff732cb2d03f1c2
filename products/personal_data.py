"""What certificates, packaging and photos hold of a person (sentra.personal_data)."""

from collections.abc import Iterator, Sequence

from django.db.models import Q
from django.utils.translation import gettext as _

from products.models import Certification, PackagingPhoto, PackagingSupport, Product, ProductPhoto
from sentra.choices import PersonalField
from sentra.consent import Subject, relation_to
from sentra.models import Ikm
from sentra.personal_data import access, finding, holdings
from sentra.personal_data.access import Section, day


def _values(subjects: Sequence[Subject]) -> Iterator[tuple[Subject, str, str]]:
    """Holders of certificates by name, and photos with people by what they show."""
    businesses = {subject.pk: subject for subject in subjects if isinstance(subject, Ikm)}
    if not businesses:
        return
    named = Certification.objects.filter(ikm__in=list(businesses)).exclude(holder_name="").select_related("kind")
    for certificate in named:
        yield businesses[certificate.ikm_id], PersonalField.CERTIFICATE_HOLDER, certificate.holder_name
    packs = PackagingPhoto.objects.filter(support__ikm__in=list(businesses), shows_people=True)
    for pack in packs.select_related("support"):
        yield businesses[pack.support.ikm_id], PersonalField.PORTRAIT, pack.alt
    photos = ProductPhoto.objects.filter(product__ikm__in=list(businesses), shows_people=True)
    for photo in photos.select_related("product"):
        if (ikm := photo.product.ikm_id) is not None:
            yield businesses[ikm], PersonalField.PORTRAIT, f"{photo.product.code}: {photo.alt}"


def _holders(words: str) -> Q:
    named = Certification.objects.filter(holder_name__icontains=words)
    return Q(pk__in=named.values("ikm"))


def _sections(subject: Subject) -> Iterator[Section]:
    products = Product.objects.filter(**{relation_to(subject): subject})
    yield Section(
        _("Produk"),
        (_("Kode"), _("Nama"), _("Status")),
        [(product.code, product.name, str(product.get_status_display())) for product in products],
    )
    if isinstance(subject, Ikm):
        yield _certificates(subject)
        yield _packaging(subject)


def _certificates(ikm: Ikm) -> Section:
    columns = (
        _("Jenis"),
        _("Nomor"),
        _("Pemegang"),
        _("Tahap"),
        _("Terbit"),
        _("Berlaku sampai"),
        _("Pindaian"),
        _("Catatan petugas"),
    )
    rows = [
        (
            str(row.kind),
            row.number or "–",
            row.holder_name or "–",
            str(row.get_stage_display()),
            day(row.issued_on),
            day(row.expires_on),
            _("Ada") if row.scan else _("Tidak ada"),
            "; ".join(filter(None, (row.note, *(step.note for step in row.steps.all())))) or "–",
        )
        for row in Certification.objects.filter(ikm=ikm).select_related("kind").prefetch_related("steps")
    ]
    return Section(_("Sertifikat"), columns, rows)


def _packaging(ikm: Ikm) -> Section:
    rows = [
        (day(row.given_on), str(row.get_kind_display()), row.given_by, row.note or "–")
        for row in PackagingSupport.objects.filter(ikm=ikm)
    ]
    return Section(_("Bantuan kemasan"), (_("Tanggal"), _("Macam"), _("Dari"), _("Catatan petugas")), rows)


holdings.register(_values)
finding.register(_holders)
access.register(_sections)
