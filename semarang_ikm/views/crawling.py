"""What search engines ask for first: what they may fetch, and where the pages are."""

from django.conf import settings
from django.contrib.sitemaps import views as framework
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from semarang_ikm.shared.list_request import PAGE_KEY, TWIN_KEYS
from semarang_ikm.sitemaps import LIMIT, SECTIONS, sections

XML = "application/xml; charset=utf-8"


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Combinations of filters are endless and closed; one filter, or one page of a list, may be fetched."""
    context = {"open_keys": (*TWIN_KEYS, PAGE_KEY)}
    return render(request, "robots.txt", context, content_type="text/plain; charset=utf-8")


@require_safe
def sitemap(request: HttpRequest, section: str = "") -> HttpResponse:
    """One file while the site is small, else an index of sections. Nowhere without SITE_URL: addresses must be whole."""
    if not settings.SITE_URL or (section and section not in SECTIONS):
        raise Http404
    parts = sections()
    pages = {name: paginator for name, part in parts.items() if (paginator := part.paginator).count}
    if section or sum(paginator.count for paginator in pages.values()) <= LIMIT:
        return framework.sitemap(request, parts, section=section or None, content_type=XML)
    listed = []
    for name, paginator in pages.items():
        address = settings.SITE_URL + reverse("sitemap_section", args=[name])
        for number in paginator.page_range:
            page = f"{address}?p={number}" if number > 1 else address
            listed.append({"location": page, "last_mod": parts[name].newest_day()})
    return render(request, "sitemap_index.xml", {"sitemaps": listed}, content_type=XML)
