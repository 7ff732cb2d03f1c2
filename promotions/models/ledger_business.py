from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from promotions.ledger_querysets import LedgerQuerySet
from sentra.models import Ikm


class LedgerBusiness(Ikm):
    """A business as the ledger sees it: when it was last promoted, how often, whether it is ready to be shown."""

    objects: ClassVar = LedgerQuerySet.as_manager()

    class Meta:
        proxy = True
        # Nothing is written here: businesses have their own page, appearances theirs.
        default_permissions = ("view",)
        ordering = ["sort_name", "pk"]
        verbose_name = _("usaha dalam buku promosi")
        verbose_name_plural = _("buku promosi")

    def __str__(self) -> str:
        """With the name as the consent gate lets it out, where the query asked for it."""
        return f"{name} ({self.code})" if (name := getattr(self, "public_name", "")) else self.code
