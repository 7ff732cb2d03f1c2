"""Entering many participants of one occasion in the ledger at once."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext

from promotions.models import Appearance, Promotion
from semarang_ikm.shared import bulk, publishing
from semarang_ikm.shared.journal import note
from sentra.models import Ikm

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@transaction.atomic
def enter_businesses(*, promotion: Promotion, businesses: Iterable[Ikm], by: "User | None") -> int:
    """Give every business that has none yet a line of the promotion, on its first day. Returns how many lines are new.

    NotAllowed where the promotion is public and the officer may not publish: its page names who takes part.
    """
    if by is not None and not publishing.may_work_on(by, promotion):
        raise publishing.NotAllowed(gettext("Acara ini sudah terbit, jadi pesertanya dicatat oleh penerbit."))
    # Two officers who enter the same business wait for each other here.
    Promotion.objects.select_for_update().only("pk").get(pk=promotion.pk)
    there = set(Appearance.objects.filter(promotion=promotion).values_list("ikm", flat=True))
    new = {ikm.pk: ikm for ikm in businesses if ikm.pk not in there}
    bulk.create(Appearance(promotion=promotion, ikm=ikm, appeared_on=promotion.starts_on) for ikm in new.values())
    if new:
        message = gettext("Peserta ditambahkan: %(names)s") % {"names": ", ".join(ikm.code for ikm in new.values())}
        note(record=promotion, by=by, message=message)
    return len(new)
