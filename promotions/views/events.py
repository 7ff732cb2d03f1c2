"""Events: what is coming, what is over, each on its page and as a calendar file."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from promotions.calendars import CONTENT_TYPE, calendar_file
from promotions.coverage import reach
from promotions.ledger import businesses_of, products_of, sentra_of
from promotions.models import Promotion
from promotions.poster import poster_of
from promotions.sharing import event_card
from promotions.structured import event_list_page, event_page
from semarang_ikm.shared.addresses import Address, RecordView, site_of
from semarang_ikm.shared.choices import DatePrecision
from semarang_ikm.shared.qr import lasting_site
from sentra.addresses import by_slug

UPCOMING_SHOWN = 100
PAST_SHOWN = 50
PRODUCTS_SHOWN = 12
BUSINESSES_SHOWN = 200
FEED_LIMIT = 500


class PastPages:
    """Events that are over, a page at a time; what `_components/pagination.html` asks of a listing."""

    def __init__(self, typed: str) -> None:
        self._paginator = Paginator(Promotion.objects.published().events().past().for_list(), PAST_SHOWN)
        self.pages = self._paginator.num_pages
        asked = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 7 else 0
        self.leads_nowhere = not 1 <= asked <= self.pages
        self.page = 1 if self.leads_nowhere else asked
        self.rows = list(self._paginator.page(self.page).object_list)

    @staticmethod
    def address(number: int) -> str:
        return reverse("event_list") + (f"?hal={number}" if number > 1 else "")

    @property
    def canonical_url(self) -> str:
        return self.address(self.page)

    @property
    def previous_url(self) -> str:
        return self.address(self.page - 1) if self.page > 1 else ""

    @property
    def next_url(self) -> str:
        return self.address(self.page + 1) if self.page < self.pages else ""

    @property
    def page_links(self) -> list[tuple[int, str]]:
        return [(number, self.address(number)) for number in range(1, self.pages + 1)]


@require_safe
def event_list(request: HttpRequest) -> HttpResponse:
    past = PastPages(request.GET.get("hal", "1"))
    if past.leads_nowhere:
        others = request.GET.copy()
        del others["hal"]
        return HttpResponseRedirect(reverse("event_list") + (f"?{others.urlencode()}" if others else ""))
    upcoming = list(Promotion.objects.published().events().upcoming().for_list()[:UPCOMING_SHOWN])
    context = {
        "structured": event_list_page([*upcoming, *past.rows] if past.page == 1 else past.rows, past.canonical_url),
        "past": past,
        "upcoming": upcoming if past.page == 1 else [],
        "reach": reach() if past.page == 1 else None,
        "ignored": [f"{key}={request.GET.get(key, '')}" for key in request.GET if key != "hal"],
    }
    return render(request, "promotions/event_list.html", context)


class EventView(RecordView):
    template_name = "promotions/event.html"

    def find(self, year: int, slug: str) -> Address:
        """Slugs are unique, so a wrong year in the address leads to the right one."""
        found = by_slug(Promotion.objects.published().events().for_detail(), slug)
        if found.record is not None and found.record.starts_on.year != year:
            return Address(now_at=found.record)
        return found

    def context(self, record: Promotion) -> dict[str, Any]:
        centres, named = list(sentra_of(record)), businesses_of(record)
        businesses, total = list(named[:BUSINESSES_SHOWN]), named.count()
        products = products_of(record)
        shown = list(products[:PRODUCTS_SHOWN])
        types = [product.product_type for product in shown]
        types += [kind for sentra in centres for kind in sentra.product_types.all()]
        patterns = [kind.pattern for kind in types]
        site = lasting_site(settings.SITE_URL)
        return {
            "event": record,
            "card": event_card(record),
            "centres": centres,
            "businesses": businesses,
            "businesses_total": total,
            "products": shown,
            "products_total": products.count(),
            "poster": poster_of(record, centres, businesses, total, patterns, site),
        }

    def structured(self, context: Mapping[str, Any]) -> dict[str, Any]:
        return event_page(context)


class EventFileView(EventView):
    """The event for the visitor's own calendar. None where only the month or the year is known."""

    def find(self, year: int, slug: str) -> Address:
        found = super().find(year, slug)
        record = found.record or found.now_at
        return found if record is None or record.has_known_days else Address()

    def address_of(self, record: Promotion) -> str:
        return record.get_calendar_url()

    def show(self, request: HttpRequest, record: Promotion) -> HttpResponse:
        return _file(calendar_file([record], site_of(request)), f"{record.slug}.ics")


@require_safe
def event_calendar(request: HttpRequest) -> HttpResponse:
    """All that is coming, to subscribe to."""
    coming = Promotion.objects.published().events().upcoming().filter(date_precision=DatePrecision.DAY)
    rows = coming.select_related("kelurahan")[:FEED_LIMIT]
    return _file(calendar_file(rows, site_of(request), gettext("Acara Sentra Semarang")), "acara-sentra-semarang.ics")


def _file(content: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(content, content_type=CONTENT_TYPE, headers=headers)
