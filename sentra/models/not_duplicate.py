from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from semarang_ikm.shared.tracing import Traced
from sentra.models.ikm import Ikm


class NotDuplicate(models.Model):
    """An officer has looked at two businesses that seemed one, and they are two. The older row is the first."""

    first = models.ForeignKey(Ikm, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Ikm, on_delete=models.CASCADE, related_name="+")
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField(auto_now_add=True)

    history = Traced(of=("first",))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["first", "second"],
                name="sentra_notduplicate_once",
                violation_error_message=_("Kedua usaha ini sudah ditandai berbeda."),
            ),
            models.CheckConstraint(
                condition=Q(first__lt=F("second")),
                name="sentra_notduplicate_in_order",
                violation_error_message=_("Pasangan ini ditulis dari data yang lebih lama."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} ≠ {self.second_id}"
