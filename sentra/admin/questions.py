"""What the desk asks of sentra, businesses, reports and reviews."""

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from semarang_ikm.shared.admin.questions import Question, ask, unchecked
from semarang_ikm.shared.choices import PublicationStatus
from sentra.choices import OPEN_REPORTS, ActivityStatus
from sentra.models import DataReport, Ikm, Review, Sentra, SentraPhoto


def kept_up() -> Q:
    """What officers keep true: neither archived nor closed."""
    return ~Q(status=PublicationStatus.ARCHIVED) & ~Q(activity=ActivityStatus.CLOSED)


def _without_photo() -> Q:
    return kept_up() & Q(~Exists(SentraPhoto.objects.filter(sentra=OuterRef("pk"))))


ask(
    Question(Sentra, "lama", _("Belum diperiksa setahun"), lambda: kept_up() & unchecked()),
    Question(Sentra, "tanpa-foto", _("Tanpa foto"), _without_photo),
    Question(Ikm, "aktif", _("Masih berjalan"), kept_up),
    Question(Ikm, "lama", _("Belum diperiksa setahun"), lambda: kept_up() & unchecked()),
    Question(DataReport, "terbuka", _("Belum selesai"), lambda: Q(status__in=OPEN_REPORTS)),
    Question(Review, "menunggu", _("Menunggu jawaban"), lambda: Q(outcome="")),
)
