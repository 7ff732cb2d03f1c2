"""The one read path of every list: address, visibility, narrowing, shape, words."""

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.generic import TemplateView

from semarang_ikm.shared.filterset import read_request
from semarang_ikm.shared.listing import Catalog, Listing
from semarang_ikm.shared.structured import list_page


class FilteredListView(TemplateView):
    """A list page is a declaration: a catalog and two templates. Context: `listing`."""

    http_method_names = ["get", "head"]
    catalog_class: ClassVar[type[Catalog]]
    print_template_name: ClassVar[str]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        catalog = self.catalog_class()
        listing = Listing(catalog, read_request(catalog, request.GET), request.path)
        if listing.is_past_end:
            return HttpResponseRedirect(listing.first_page_url)
        self.listing = listing
        structured = {} if listing.request.printing else list_page(listing)
        return self.render_to_response(self.get_context_data(listing=listing, structured=structured, **kwargs))

    def get_template_names(self) -> list[str]:
        return [self.print_template_name if self.listing.request.printing else str(self.template_name)]
