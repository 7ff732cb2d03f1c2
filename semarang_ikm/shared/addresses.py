"""How a public address answers: its page, where the record went, that it is gone, or that it never was."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.views.generic import View

from semarang_ikm.shared.choices import Channel


@dataclass(frozen=True)
class Address:
    """What was found: the record to show, else the record it became, else whether it was withdrawn."""

    record: Any = None
    now_at: Any = None
    is_gone: bool = False


def site_of(request: HttpRequest) -> str:
    """What full addresses begin with: the site's public address, or, where none is set, the one that was asked for."""
    return settings.SITE_URL or f"{request.scheme}://{request.get_host()}"


def gone(request: HttpRequest) -> HttpResponse:
    """410: it was public once. Says nothing of what it was."""
    return render(request, "410.html", status=410)


class RecordView(View):
    """The page of one record: find it by its address, then show it with its context."""

    http_method_names = ["get", "head"]
    template_name: ClassVar[str]
    # `?cetak=1`: the page is made for paper, where other things may stand than on the web.
    printing = False
    # `?semua=1`: lists on the page are whole instead of short.
    expanded = False

    def at_most(self, short: int) -> int | None:
        """How many rows a list on the page shows; None for all of them."""
        return None if self.expanded else short

    @property
    def channel(self) -> Channel:
        return Channel.PRINT if self.printing else Channel.WEB

    def find(self, **address: str) -> Address:
        raise LookupError("a record view finds its record")

    def context(self, record: Any) -> Mapping[str, Any]:
        """What the template gets besides `record`, `printing`, `expanded` and `channel`."""
        return {}

    def structured(self, context: Mapping[str, Any]) -> dict[str, Any]:
        """The page as JSON-LD, from what its template gets (semarang_ikm.shared.structured); empty for none."""
        return {}

    def show(self, request: HttpRequest, record: Any) -> HttpResponse:
        context = {"record": record, "printing": self.printing, "expanded": self.expanded, "channel": self.channel}
        context |= self.context(record)
        # On paper other consents count, and no machine reads it.
        context["structured"] = {} if self.printing else self.structured(context)
        return render(request, self.template_name, context)

    def address_of(self, record: Any) -> str:
        """Where this view shows that record."""
        return str(record.get_absolute_url())

    def get(self, request: HttpRequest, **address: str) -> HttpResponse:
        found = self.find(**address)
        if found.record is not None:
            self.printing = request.GET.get("cetak") == "1"
            self.expanded = request.GET.get("semua") == "1"
            return self.show(request, found.record)
        if found.now_at is not None:
            return HttpResponsePermanentRedirect(self.address_of(found.now_at))
        if found.is_gone:
            return gone(request)
        raise Http404
