"""The filter of a list goes along to the pages below it and back (ADR 32).

Django carries it in the address, from a list to a record and back again. Pages and steps of our own, and Django's own
breadcrumbs, would lose it. Every answer of the admin passes through `carry`: whatever in it leads to the same list, or
to another page below that list, is given the filter.
"""

import re
from html import escape, unescape
from urllib.parse import parse_qs, urlencode, urlsplit, urlunsplit

from django.contrib import admin
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponse, HttpResponseBase, HttpResponseRedirectBase
from django.template.response import SimpleTemplateResponse
from django.urls import reverse

# Django's name for it in an address.
KEY = "_changelist_filters"
_HOME = "_list_address"
# Where a link or a form leads. The menu of all lists leads to each of them as a whole.
_AIM = re.compile(r'<nav [^>]*id="nav-sidebar".*?</nav>|(\s(?:href|action)=")([/?][^"]*)"', re.DOTALL)
_ASKS = re.compile(r'<form\b[^>]*\bmethod="get"[^>]*>')


def belongs_to(request: HttpRequest, home: str) -> None:
    """For a page that stands below another list than the one to which it leads back."""
    request.__dict__[_HOME] = home


def with_filter(request: HttpRequest, address: str) -> str:
    """The address of such a page, with the filter of the list from which the officer comes."""
    filters = _filters(request, _home(request))
    return _joined(address, filters) if filters else address


def carry(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    home = _home(request)
    if not (filters := _filters(request, home)):
        return response
    if isinstance(response, HttpResponseRedirectBase):
        response["Location"] = _kept(response["Location"], home, filters)
    elif isinstance(response, SimpleTemplateResponse) and not response.is_rendered:
        response.add_post_render_callback(lambda page: _mend(page, request.path == home, home, filters))
    elif isinstance(response, HttpResponse):
        _mend(response, request.path == home, home, filters)
    return response


def _home(request: HttpRequest) -> str:
    """The address of the list at which, or below which, this page stands; "" for a page of the desk itself."""
    if home := request.__dict__.get(_HOME):
        return home
    start = reverse("admin:index")
    app, model = [*request.path.removeprefix(start).split("/"), "", ""][:2]
    lists = {(each._meta.app_label, each._meta.model_name) for each in admin.site._registry}
    return f"{start}{app}/{model}/" if (app, model) in lists else ""


def _filters(request: HttpRequest, home: str) -> str:
    """The filter as a query string, made anew from its keys and values: anybody may have typed it."""
    if not home:
        return ""
    given = request.GET.copy() if request.path == home else QueryDict(request.GET.get(KEY, "")).copy()
    given.pop(KEY, None)
    return given.urlencode()


def _mend(page: HttpResponse, is_list: bool, home: str, filters: str) -> None:
    if page.streaming or not page.get("Content-Type", "").startswith("text/html"):
        return

    def aim(found: re.Match[str]) -> str:
        before, address = found.groups()
        if before is None or (is_list and address.startswith("?")):
            return found[0]
        return f'{before}{escape(_kept(unescape(address), home, filters))}"'

    text = _AIM.sub(aim, page.content.decode(page.charset))
    if not is_list:
        # What such a form sends takes the place of everything behind the question mark.
        hidden = f'<input type="hidden" name="{KEY}" value="{escape(filters)}">'
        text = _ASKS.sub(lambda found: found[0] + hidden, text)
    page.content = text.encode(page.charset)


def _kept(address: str, home: str, filters: str) -> str:
    """An address that names a filter of the list by itself stays as it is, and so does what lies elsewhere."""
    parts = urlsplit(address)
    if parts.netloc or (parts.path and not parts.path.startswith(home)):
        return address
    if parts.path == home:
        return address if parts.query else urlunsplit(parts._replace(query=filters))
    return _joined(address, filters)


def _joined(address: str, filters: str) -> str:
    parts = urlsplit(address)
    if KEY in parse_qs(parts.query):
        return address
    query = "&".join(filter(None, [parts.query, urlencode({KEY: filters})]))
    return urlunsplit(parts._replace(query=query))
