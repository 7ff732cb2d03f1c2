"""What the desk asks of products and certificates."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from products.choices import CertificateConcern
from products.models import Certification, Product, ProductPhoto
from semarang_ikm.shared.admin.questions import Question, ask
from semarang_ikm.shared.choices import PublicationStatus
from semarang_ikm.shared.templatetags.formats import CHECK_LASTS_DAYS
from semarang_ikm.shared.time import today


def _kept_up() -> Q:
    return ~Q(status=PublicationStatus.ARCHIVED)


def _unchecked() -> Q:
    limit = today() - timedelta(days=CHECK_LASTS_DAYS)
    return _kept_up() & (Q(checked_on__isnull=True) | Q(checked_on__lt=limit))


def _without_photo() -> Q:
    return _kept_up() & Q(~Exists(ProductPhoto.objects.filter(product=OuterRef("pk"))))


def _concern(concern: CertificateConcern) -> Question:
    return Question(
        Certification,
        concern.value,
        concern.label,
        lambda: Certification.objects.reason(concern, today()),
        page="admin:products_certification_queue",
        parameter="antrean",
    )


ask(
    Question(Product, "lama", _("Belum diperiksa setahun"), _unchecked),
    Question(Product, "tanpa-foto", _("Tanpa foto"), _without_photo),
    *map(_concern, CertificateConcern),
)
