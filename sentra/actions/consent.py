"""Receipts: given once, never rewritten, withdrawn field by field and channel by channel."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from itertools import product
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from semarang_ikm.shared import bulk
from semarang_ikm.shared.journal import note
from semarang_ikm.shared.time import today
from sentra import withdrawals
from sentra.consent import Subject, relation_to
from sentra.indexing import refresh
from sentra.models import Consent, ConsentScope

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser


@transaction.atomic
def record_consent(
    *, consent: Consent, fields: Iterable[str], channels: Iterable[str], by: "AbstractBaseUser"
) -> Consent:
    """Store a new receipt that covers each of `fields` on each of `channels`.

    Raises ValidationError when it covers nothing, was given tomorrow, or is stored already.
    """
    scopes = list(product(dict.fromkeys(fields), dict.fromkeys(channels)))
    if not scopes:
        raise ValidationError(_("Pilih sedikitnya satu data dan satu saluran."))
    if consent.pk is not None:
        raise ValidationError(_("Persetujuan yang sudah dicatat tidak diubah. Tarik, lalu catat yang baru."))
    if consent.given_on > today():
        raise ValidationError(_("Persetujuan tidak dapat bertanggal besok atau sesudahnya."))
    consent.recorded_by = by
    consent.save()
    bulk.create(ConsentScope(consent=consent, field=f, channel=c) for f, c in scopes)
    _follow(consent)
    return consent


@transaction.atomic
def withdraw_consent(
    *,
    consent: Consent,
    by: "AbstractBaseUser | None",
    on: date | None = None,
    scopes: Iterable[ConsentScope] | None = None,
) -> int:
    """Withdraw these scopes of a receipt (default: all that are still given). Acts on the next request.

    Returns how many were withdrawn; a scope withdrawn earlier keeps its date.
    """
    given = consent.scopes.filter(withdrawn_on__isnull=True)
    if scopes is not None:
        given = given.filter(pk__in=[scope.pk for scope in scopes])
    names = "; ".join(str(scope) for scope in given)
    count = bulk.update(given, withdrawn_on=on or today())
    if count:
        note(record=consent, by=by, message=_("Ditarik: %(scopes)s") % {"scopes": names})
        _follow(consent)
        withdrawals.follow(consent.ikm or consent.sentra)
    return count


@transaction.atomic
def withdraw_fields(*, subject: Subject, pairs: Iterable[tuple[str, str]], by: "AbstractBaseUser | None") -> int:
    """Withdraw these (field, channel) pairs of a subject, whatever receipts let them out. Returns how many scopes."""
    wanted = set(pairs)
    given = ConsentScope.objects.filter(**{f"consent__{relation_to(subject)}": subject}, withdrawn_on__isnull=True)
    scopes: dict[Consent, list[ConsentScope]] = defaultdict(list)
    for scope in given.select_related("consent"):
        if (scope.field, scope.channel) in wanted:
            scopes[scope.consent].append(scope)
    return sum(withdraw_consent(consent=consent, by=by, scopes=mine) for consent, mine in scopes.items())


def _follow(consent: Consent) -> None:
    """A personal name is found by search only while a receipt covers it."""
    subject = consent.ikm or consent.sentra
    if subject is not None:
        refresh(subject)
