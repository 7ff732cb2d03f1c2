from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from promotions.models import Appearance
from semarang_ikm.shared.admin.filters import RelatedFilter
from semarang_ikm.shared.admin.forms import RecordForm
from semarang_ikm.shared.admin.records import RecordAdmin, RecordInline
from sentra.scope import of_ikm


class AppearanceForm(RecordForm):
    """A line of the ledger names products of the business that appeared, and of no other."""

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        ikm, products = self.cleaned_data.get("ikm"), self.cleaned_data.get("products")
        if ikm and products:
            foreign = [str(product) for product in products if product.ikm_id != ikm.pk]
            if foreign:
                message = _("Bukan produk usaha ini: %(names)s.") % {"names": ", ".join(foreign)}
                self.add_error("products", message)
        return cleaned


class AppearanceInline(RecordInline):
    model = Appearance
    form = AppearanceForm
    within = staticmethod(of_ikm)
    autocomplete_fields = ("ikm", "products")
    fields = ("ikm", "products", ("appeared_on", "note"))


@admin.register(Appearance)
class AppearanceAdmin(RecordAdmin):
    form = AppearanceForm
    within = staticmethod(of_ikm)
    list_display = ("appeared_on", "ikm", "promotion", "note")
    list_filter = ("promotion__kind", ("ikm__kelurahan__kecamatan", RelatedFilter))
    list_select_related = ("ikm", "promotion")
    search_fields = ("ikm__name", "ikm__code", "promotion__name", "products__name")
    autocomplete_fields = ("promotion", "ikm", "products")
    date_hierarchy = "appeared_on"
    fields = ("promotion", "ikm", "products", "appeared_on", "note")
