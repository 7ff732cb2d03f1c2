"""Synthetic certificates of several kinds, stages and ages; their numbers say that they are none."""

from collections.abc import Iterable
from datetime import date, timedelta

from products.actions.certificate_steps import first_lines
from products.choices import CertificationStage
from products.models import CertificateKind, Certification, CertificationStep
from semarang_ikm.synthetic.city import City, Weighted
from semarang_ikm.synthetic.makers import Maker
from semarang_ikm.synthetic.shape import Shape

CERTIFIED_BUSINESSES = 0.35
FOR_THE_BUSINESS = 0.25
STAGES = Weighted.by_weight(
    (
        CertificationStage.ISSUED,
        CertificationStage.REQUESTED,
        CertificationStage.FACILITATED,
        CertificationStage.EXPIRED,
        CertificationStage.REVOKED,
    ),
    (76, 10, 6, 6, 2),
)
DAYS_A_MONTH = 30.44


def make_certificates(city: City, shape: Shape, makers: Iterable[Maker], products: dict[int, list[int]]) -> int:
    """Store certificates for a third of the businesses. `products`: primary keys by business. Returns how many."""
    rows: list[tuple[Certification, list[int]]] = []
    for maker in makers:
        if maker.ikm_id is None or not shape.chance(CERTIFIED_BUSINESSES):
            continue
        kinds = city.all_kinds if any(kind.is_food for kind in maker.types) else city.kinds_without_food
        if not kinds.things:
            continue
        for kind in kinds.several(shape.rng, shape.rng.choice((1, 1, 2, 3))):
            certificate = _certificate(shape, maker.ikm_id, maker.number, kind)
            rows.append((certificate, _covered(shape, products.get(maker.ikm_id, []))))
    Certification.objects.bulk_create([certificate for certificate, _covered in rows])
    CertificationStep.objects.bulk_create(
        line for certificate, _covered in rows for line in first_lines(certificate, None)
    )
    link = Certification.products.through
    link.objects.bulk_create(
        [
            link(certification_id=certificate.pk, product_id=product)
            for certificate, covered in rows
            for product in covered
        ]
    )
    return len(rows)


def _covered(shape: Shape, products: list[int]) -> list[int]:
    """Some of its products, or none: then the certificate is the business's own."""
    if not products or shape.chance(FOR_THE_BUSINESS):
        return []
    return shape.rng.sample(products, shape.rng.randint(1, min(len(products), 8)))


def _certificate(shape: Shape, ikm_id: int, number: int, kind: CertificateKind) -> Certification:
    stage = STAGES.pick(shape.rng)
    certificate = Certification(kind=kind, ikm_id=ikm_id, stage=stage, **shape.checked(0.8))
    if stage not in (CertificationStage.REQUESTED, CertificationStage.FACILITATED):
        certificate.number = f"UJI-{kind.slug.upper()}-{number:05d}"
        certificate.issued_on = shape.days_ago(shape.rng.randrange(6 * 365))
        certificate.expires_on = _end(shape, kind, certificate.issued_on)
    return certificate


def _end(shape: Shape, kind: CertificateKind, issued_on: date) -> date | None:
    """As the rule of its day says; without a rule two to five years."""
    rule = kind.rule_on(issued_on)
    if rule is None or (rule.has_fixed_end and rule.validity_months is None):
        months = shape.rng.choice((24, 36, 48, 60))
    elif rule.validity_months is None:
        return None
    else:
        months = rule.validity_months
    return issued_on + timedelta(days=round(months * DAYS_A_MONTH))
