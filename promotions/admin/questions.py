"""What the desk asks of the ledger, the cases and the editions."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from promotions.choices import EditionStatus
from promotions.ledger_querysets import ever_promoted
from promotions.models import CatalogueEdition, FacilitationCase, LedgerBusiness
from promotions.querysets import overdue
from semarang_ikm.shared.admin.questions import Question, ask
from semarang_ikm.shared.choices import PublicationStatus
from sentra.models import Ikm


def _never_promoted() -> Q:
    """As the ledger counts them: public businesses without a line that counts by today."""
    return Q(status=PublicationStatus.PUBLISHED) & Q(~ever_promoted())


ask(
    Question(
        LedgerBusiness, "belum", _("Belum pernah dipromosikan"), lambda: Q(last__isnull=True), parameter="terakhir"
    ),
    Question(Ikm, "belum-promosi", _("Belum pernah dipromosikan"), _never_promoted),
    Question(FacilitationCase, "lewat", _("Lewat tenggat"), overdue, parameter="tenggat"),
    Question(
        CatalogueEdition,
        "draf",
        _("Draf"),
        lambda: Q(status__in=[EditionStatus.DRAFT, EditionStatus.READY]),
    ),
)
