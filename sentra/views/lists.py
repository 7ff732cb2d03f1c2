"""The lists of sentra and of businesses."""

from typing import Any

from semarang_ikm.shared.choices import Channel
from semarang_ikm.shared.list_view import FilteredListView
from semarang_ikm.shared.time import today
from sentra.consent import disclose
from sentra.filters import IkmCatalog, SentraCatalog


class _MakerListView(FilteredListView):
    """On paper only what was consented to for paper may stand, names included."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        if self.listing.request.printing:
            disclosed = disclose(self.listing.rows, Channel.PRINT)
            context["printed_on"] = today()
            context["printed"] = [(row, disclosed[row]) for row in self.listing.rows]
        return context


class SentraListView(_MakerListView):
    catalog_class = SentraCatalog
    template_name = "sentra/sentra_list.html"
    print_template_name = "sentra/sentra_list_print.html"


class IkmListView(_MakerListView):
    catalog_class = IkmCatalog
    template_name = "sentra/ikm_list.html"
    print_template_name = "sentra/ikm_list_print.html"
