"""The memory of admin forms that stored a new record, and how long it lasts."""

from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from semarang_ikm.shared.admin import once
from semarang_ikm.shared.tracing import label_of
from sentra.models import SentForm
from sentra.personal_data.retention import Term, register

KEPT = timedelta(days=30)


class Memory:
    def claim(self, key: str, model: type[Model]) -> bool:
        try:
            with transaction.atomic():
                SentForm.objects.create(key=key, model=label_of(model))
        except IntegrityError:
            return False
        return True

    def keep(self, key: str, record: Model) -> None:
        SentForm.objects.filter(key=key).update(object_id=record.pk)

    def release(self, key: str) -> None:
        SentForm.objects.filter(key=key).delete()

    def recall(self, key: str, model: type[Model]) -> Any:
        return SentForm.objects.filter(key=key, model=label_of(model)).values_list("object_id", flat=True).first()


once.register(Memory())
register(
    Term(
        what=_("Kunci sekali pakai dari formulir petugas, dengan nomor data yang disimpannya"),
        how_long=_("30 hari"),
        why=_("Formulir yang terkirim dua kali tidak tersimpan dua kali."),
        over=lambda at: SentForm.objects.filter(at__lt=at - KEPT).count(),
        end=lambda at: SentForm.objects.filter(at__lt=at - KEPT).delete()[0],
    )
)
