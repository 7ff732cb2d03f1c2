"""The pages of open data, its files, and the API."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import condition, require_safe

from semarang_ikm.opendata import openapi, structured
from semarang_ikm.opendata.answers import CACHING, allow_everybody, as_json, file_etag, problem, tell_ignored
from semarang_ikm.opendata.dataset import Dataset, Selection
from semarang_ikm.opendata.datasets import DATASETS, IN_API
from semarang_ikm.opendata.dictionary import explained, overview
from semarang_ikm.opendata.forms import FORMS, Form
from semarang_ikm.opendata.forms.cells import WORKBOOK_ROWS
from semarang_ikm.opendata.heading import Heading
from semarang_ikm.opendata.licence import licence_of
from semarang_ikm.shared.addresses import site_of
from sentra.models import OfficeProfile

# Records on one page of the API.
PAGE_SIZE = 100


# -- pages ------------------------------------------------------------------------------------------------------------


@require_safe
def data_page(request: HttpRequest) -> HttpResponse:
    context: dict[str, Any] = {
        "datasets": [overview(dataset) for dataset in DATASETS.values()],
        "forms": FORMS.values(),
        "licence": licence_of(OfficeProfile.load()),
        "page_size": PAGE_SIZE,
        "workbook_rows": WORKBOOK_ROWS,
        "api_root": site_of(request) + reverse("api"),
    }
    return render(request, "opendata/data.html", {**context, "structured": structured.data_page(context)})


@require_safe
def dataset_page(request: HttpRequest, dataset: Dataset) -> HttpResponse:
    """What a dataset holds, and the files of the selection that the address carries."""
    selection = Selection.read(dataset, request.GET)
    context: dict[str, Any] = {
        "dataset": dataset,
        "selection": selection,
        "forms": FORMS.values(),
        "entries": [entry for field in dataset.fields for entry in explained(field)],
        "updated": dataset.updated(),
        "licence": licence_of(OfficeProfile.load()),
        "api_url": site_of(request) + reverse("api_list", args=[dataset]) if dataset.identity else "",
    }
    return render(request, "opendata/dataset.html", {**context, "structured": structured.dataset_page(context)})


# -- files ------------------------------------------------------------------------------------------------------------


@require_safe
@condition(etag_func=file_etag)
def download(request: HttpRequest, dataset: Dataset, form: Form) -> HttpResponseBase:
    """All rows of a selection, written while they are sent. Nothing is read for a HEAD."""
    selection = Selection.read(dataset, request.GET)
    heading = Heading.of(selection)
    pieces = form.write(selection, heading) if request.method == "GET" else ()
    response = StreamingHttpResponse(pieces, content_type=form.content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{heading.file_name(form.suffix)}"'
    response.headers["Cache-Control"] = CACHING
    response.headers["X-Robots-Tag"] = "noindex"
    if form.is_packed:
        # Keeps the gzip layer from trying again.
        response.headers["Content-Encoding"] = "identity"
    return allow_everybody(tell_ignored(response, selection.asked.ignored))


# -- API --------------------------------------------------------------------------------------------------------------


@require_safe
def api_index(request: HttpRequest) -> HttpResponse:
    site, licence = site_of(request), licence_of(OfficeProfile.load())
    content: dict[str, Any] = {
        "documentation": site + reverse("data"),
        "openapi": site + reverse("api_description"),
        "datasets": {name: site + reverse("api_list", args=[dataset]) for name, dataset in IN_API.items()},
    }
    if licence is not None:
        content["license"] = {"name": licence.name, "url": licence.url}
    return as_json(content)


@require_safe
def api_description(request: HttpRequest) -> HttpResponse:
    return as_json(openapi.document(licence_of(OfficeProfile.load())))


@require_safe
def api_list(request: HttpRequest, dataset: Dataset) -> HttpResponse:
    """One page of a selection; a page that does not exist leads to the first one, as on the list's own page."""
    selection = Selection.read(dataset, request.GET)
    asked, number = selection.asked, selection.asked.page
    pages = max(1, -(-selection.total // PAGE_SIZE))
    if number is None or number > pages:
        return HttpResponseRedirect(request.path + asked.url())

    def address(page: int) -> str | None:
        return site_of(request) + request.path + asked.url(page=page) if 1 <= page <= pages else None

    content = {
        "count": selection.total,
        "next": address(number + 1),
        "previous": address(number - 1),
        "results": [dataset.record(row) for row in selection.page(number, PAGE_SIZE)],
    }
    return tell_ignored(as_json(content), asked.ignored)


@require_safe
def api_record(request: HttpRequest, dataset: Dataset, identity: str) -> HttpResponse:
    found = dataset.find(identity)
    if found.record is not None and (rows := dataset.rows([dataset.key_of(found.record)])):
        return as_json(dataset.record(rows[0]))
    if found.now_at is not None:
        now = getattr(found.now_at, dataset.identity)
        return HttpResponsePermanentRedirect(reverse("api_record", args=[dataset, now]))
    return problem(410 if found.is_gone else 404)


@require_safe
def api_nothing(request: HttpRequest, rest: str) -> HttpResponse:
    """Under /api/ also that there is nothing is said in JSON."""
    if rest and not rest.endswith("/"):
        return HttpResponseRedirect(f"{request.path}/")
    return problem(404)
