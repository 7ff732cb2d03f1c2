"""What the purge of a person takes out of certificates and photos (sentra.actions.purging)."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from products.models import Certification, CertificationStep, PackagingPhoto, PackagingSupport, ProductPhoto
from semarang_ikm.shared.files import own_files, remove_after_commit
from sentra.actions.purging import Goes, Purger, register
from sentra.consent import Subject
from sentra.history.redaction import redact
from sentra.models import Ikm


def _tell(subject: Subject) -> Iterator[Goes]:
    if not isinstance(subject, Ikm):
        return
    certificates = Certification.objects.filter(ikm=subject)
    yield Goes(_("nama pemegang sertifikat"), certificates.exclude(holder_name="").count())
    yield Goes(_("pindaian sertifikat"), certificates.exclude(scan="").count())
    yield Goes(_("foto produk dengan orang yang dikenali"), _photos(subject).count())
    yield Goes(_("foto kemasan dengan orang yang dikenali"), _packs(subject).count())


def _erase(subject: Subject) -> None:
    """Kinds, numbers and dates of certificates stay: they are of the product."""
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


def _photos(ikm: Ikm) -> QuerySet[ProductPhoto]:
    return ProductPhoto.objects.filter(product__ikm=ikm, shows_people=True)


def _packs(ikm: Ikm) -> QuerySet[PackagingPhoto]:
    return PackagingPhoto.objects.filter(support__ikm=ikm, shows_people=True)


register(Purger(_tell, _erase))
