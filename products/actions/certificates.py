"""Certificates and the dated rules: when one ends, and when its ground has changed."""

from calendar import monthrange
from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from products.actions.certificate_steps import flag
from products.choices import CertificationStage
from products.models import CertificateKind, Certification, CertificationRule, Product

# Valid while ingredients and process stay the same, so a change asks for a look (UU 33/2014 as changed by UU 6/2023).
BOUND_TO_COMPOSITION = "halal"


def default_expiry(*, kind: CertificateKind, issued_on: date) -> date | None:
    """The last day by the rule in force on the day of issue; None when that rule knows no fixed end."""
    rule = kind.rule_on(issued_on)
    if rule is None or not rule.has_fixed_end or rule.validity_months is None:
        return None
    return add_months(issued_on, rule.validity_months)


def rules_overlap(one: CertificationRule, other: CertificationRule) -> bool:
    """Whether some day falls under both. An open end reaches as far as one can think."""
    begins = max(one.in_force_from or date.min, other.in_force_from or date.min)
    ends = min(one.in_force_until or date.max, other.in_force_until or date.max)
    return begins <= ends


def add_months(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def bound_to(product: Product, on: date | None = None) -> QuerySet[Certification]:
    """The certificates in force that hold only while this product is made as it was, issued by that day."""
    bound = Certification.objects.filter(
        kind__slug=BOUND_TO_COMPOSITION, products=product, stage=CertificationStage.ISSUED, successor__isnull=True
    )
    return bound if on is None else bound.filter(Q(issued_on__isnull=True) | Q(issued_on__lte=on))


@transaction.atomic
def composition_changed(*, product: Product, on: date) -> int:
    """Flag the halal certificates that cover this product and were issued before the change. Returns how many."""
    note = _("Bahan atau proses %(product)s berubah. Tanyakan kepada usaha dan lembaganya.") % {"product": product}
    return flag(bound_to(product, on), on=on, note=note)
