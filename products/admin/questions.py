"""What the desk asks of products and certificates."""

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from products.choices import CertificateConcern
from products.models import Certification, Product, ProductPhoto
from semarang_ikm.shared.admin.questions import Question, ask, unchecked
from semarang_ikm.shared.choices import PublicationStatus
from semarang_ikm.shared.time import today


def _kept_up() -> Q:
    return ~Q(status=PublicationStatus.ARCHIVED)


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
    Question(Product, "lama", _("Belum diperiksa setahun"), lambda: _kept_up() & unchecked()),
    Question(Product, "tanpa-foto", _("Tanpa foto"), _without_photo),
    *map(_concern, CertificateConcern),
)
