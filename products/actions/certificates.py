"""Certificates and the dated rules: when one ends, and when its ground has changed."""

from calendar import monthrange
from datetime import date

from django.db import transaction
from django.db.models import Q

from products.choices import CertificationStage
from products.models import CertificateKind, Certification, Product
from semarang_ikm.shared import bulk

# Valid while ingredients and process stay the same, so a change asks for a look (UU 33/2014 as changed by UU 6/2023).
BOUND_TO_COMPOSITION = "halal"


def default_expiry(*, kind: CertificateKind, issued_on: date) -> date | None:
    """The last day by the rule in force on the day of issue; None when that rule knows no fixed end."""
    rule = kind.rule_on(issued_on)
    if rule is None or not rule.has_fixed_end or rule.validity_months is None:
        return None
    return add_months(issued_on, rule.validity_months)


def add_months(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@transaction.atomic
def composition_changed(*, product: Product, on: date) -> int:
    """Flag the halal certificates that cover this product and were issued before the change. Returns how many."""
    bound = Certification.objects.filter(
        Q(issued_on__isnull=True) | Q(issued_on__lte=on),
        kind__slug=BOUND_TO_COMPOSITION,
        products=product,
        stage=CertificationStage.ISSUED,
    )
    return bulk.update(bound, needs_recheck=True)
