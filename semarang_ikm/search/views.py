"""The search page."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.generic import TemplateView

from semarang_ikm.search.page import SearchPage


class SearchView(TemplateView):
    """One box over sentra, businesses, products, areas and types. Context: `search`."""

    http_method_names = ["get", "head"]
    template_name = "search/search.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        ignored = tuple(f"{key}={request.GET.get(key, '')}" for key in request.GET if key != "q")
        search = SearchPage(request.GET.get("q", ""), ignored)
        return self.render_to_response(self.get_context_data(search=search, **kwargs))
