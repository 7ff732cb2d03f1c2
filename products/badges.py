"""What certificates look like to the public on a day. Requested and facilitated ones are nobody's business yet."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from products.choices import CertificateState, CertificationStage
from products.models import CertificateKind, Certification
from semarang_ikm.shared.time import today

_PUBLIC_STAGES = {CertificationStage.ISSUED, CertificationStage.EXPIRED, CertificationStage.REVOKED}
_ON_CARDS = {CertificateState.VALID, CertificateState.ENDING}
CARD_BADGES = 2


@dataclass(frozen=True)
class Badge:
    """A certificate's kind and what it is worth on the day."""

    kind: CertificateKind
    state: CertificateState
    certification: Certification

    @property
    def is_over(self) -> bool:
        return self.state == CertificateState.EXPIRED

    @property
    def expires_on(self) -> date | None:
        return self.certification.expires_on

    @property
    def rule(self):
        """The validity rule under which it was issued, or None. Needs `kind__rules` prefetched."""
        issued_on = self.certification.issued_on
        return self.kind.rule_on(issued_on) if issued_on else None


def badges(certifications: Iterable[Certification], at: date | None = None) -> list[Badge]:
    """Every certificate that the public may know of, in the order of its kind; not those that were renewed since."""
    day = at or today()
    shown = (c for c in certifications if c.stage in _PUBLIC_STAGES)
    found = [Badge(certification.kind, certification.state_on(day), certification) for certification in shown]
    known = (badge for badge in found if not (badge.is_over and badge.certification.successor_id))
    return sorted(known, key=lambda badge: (badge.kind.position, badge.kind.name))


def card_badges(certifications: Iterable[Certification], at: date | None = None) -> list[Badge]:
    """For cards and lists: what is valid today, each kind once, at most two."""
    valid: dict[int, Badge] = {}
    for badge in badges(certifications, at):
        if badge.state in _ON_CARDS:
            valid.setdefault(badge.kind.pk, badge)
    return list(valid.values())[:CARD_BADGES]
