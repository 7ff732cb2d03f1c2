"""What the purge of a person takes out of certificates and photos (sentra.actions.purging)."""

from collections.abc import Iterator

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from products.models import Certification, CertificationStep, PackagingPhoto, PackagingSupport, Product, ProductPhoto
from semarang_ikm.shared.files import own_files, remove_after_commit
from semarang_ikm.shared.photos import Photo
from sentra.actions.purging import NOBODY, Goes, Purger, register
from sentra.actions.reports import erase_reports
from sentra.consent import Subject, relation_to
from sentra.history.redaction import redact
from sentra.models import DataReport, Ikm, SentraPhoto
from sentra.personal_data.words import Words

# Texts of a product in which somebody may be named.
PRODUCT_TEXTS = ("name", "name_en", "summary", "summary_en", "materials", "materials_en", "storage", "storage_en")
PHOTO_TEXTS = ("alt", "alt_en", "credit", "usage_right")


def _tell(subject: Subject, words: Words) -> Iterator[Goes]:
    yield Goes(_("isi laporan masyarakat tentang produknya"), _reports(subject).count())
    yield Goes(_("nama orang pada keterangan foto"), len(_named_on(subject, words)))
    if not isinstance(subject, Ikm):
        return
    certificates = Certification.objects.filter(ikm=subject)
    yield Goes(_("nama pemegang sertifikat"), certificates.exclude(holder_name="").count())
    yield Goes(_("pindaian sertifikat"), certificates.exclude(scan="").count())
    yield Goes(_("foto produk dengan orang yang dikenali"), _photos(subject).count())
    yield Goes(_("foto kemasan dengan orang yang dikenali"), _packs(subject).count())


def _stays(subject: Subject) -> Iterator[tuple[str, str]]:
    """Texts of products and photos, for an officer to read."""
    for product in _products(subject):
        for what, text in _texts(product, PRODUCT_TEXTS):
            yield f"{product.code}: {what}", text
    for photo in _all_photos(subject):
        yield from _texts(photo, PHOTO_TEXTS)
    if isinstance(subject, Ikm):
        for support in PackagingSupport.objects.filter(ikm=subject):
            yield _("bantuan kemasan diberikan oleh"), support.given_by


def _texts(row: Model, names: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for field in row._meta.concrete_fields:
        if field.name in names and (text := getattr(row, field.name)):
            yield str(field.verbose_name), text


def _erase(subject: Subject, words: Words) -> None:
    """Kinds, numbers and dates of certificates stay: they are of the product."""
    erase_reports(_reports(subject))
    for photo, names in _named_on(subject, words):
        type(photo)._base_manager.filter(pk=photo.pk).update(**dict.fromkeys(names, NOBODY))
    if not isinstance(subject, Ikm):
        return
    certificates = list(Certification.objects.filter(ikm=subject))
    photos, packs = list(_photos(subject)), list(_packs(subject))
    files = [file for row in (*certificates, *photos, *packs) for file in own_files(row)]
    Certification.objects.filter(ikm=subject).update(holder_name="", scan="", note="")
    CertificationStep.objects.filter(certification__ikm=subject).update(note="")
    packaging = PackagingSupport.objects.filter(ikm=subject)
    packaging.update(note="")
    ProductPhoto.objects.filter(pk__in=[photo.pk for photo in photos]).delete()
    PackagingPhoto.objects.filter(pk__in=[photo.pk for photo in packs]).delete()
    for row in (*certificates, *packaging):
        redact(record=row)
    for photo in (*photos, *packs):
        redact(record=photo, fields=[field.name for field in photo._meta.concrete_fields])
    remove_after_commit(files, for_good=True)


def _products(subject: Subject) -> QuerySet[Product]:
    return Product.objects.filter(**{relation_to(subject): subject})


def _reports(subject: Subject) -> QuerySet[DataReport]:
    codes = _products(subject).values("code")
    return DataReport.objects.filter(subject_code__in=codes, erased_at__isnull=True)


def _all_photos(subject: Subject) -> list[Photo]:
    """Without those that show somebody: they go as a whole."""
    photos: list[Photo] = list(ProductPhoto.objects.filter(product__in=_products(subject), shows_people=False))
    if isinstance(subject, Ikm):
        photos += PackagingPhoto.objects.filter(support__ikm=subject, shows_people=False)
    else:
        photos += SentraPhoto.objects.filter(sentra__code=subject.code, shows_people=False)
    return photos


def _named_on(subject: Subject, words: Words) -> list[tuple[Photo, list[str]]]:
    """Photos whose credit or right of use names the person, with those fields."""
    found = [
        (photo, [name for name in ("credit", "usage_right") if words.stand_in(getattr(photo, name))])
        for photo in _all_photos(subject)
    ]
    return [(photo, names) for photo, names in found if names]


def _photos(ikm: Ikm) -> QuerySet[ProductPhoto]:
    return ProductPhoto.objects.filter(product__ikm=ikm, shows_people=True)


def _packs(ikm: Ikm) -> QuerySet[PackagingPhoto]:
    return PackagingPhoto.objects.filter(support__ikm=ikm, shows_people=True)


register(Purger(_tell, _erase, _stays))
