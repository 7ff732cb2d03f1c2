"""Atom feeds of what is new: addresses begin with SITE_URL, moments are those of the rows, ids never change."""

from datetime import UTC, datetime
from html import escape
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed

from semarang_ikm.shared.cards import Card
from semarang_ikm.shared.structured import absolute

SHOWN = 30
# What an empty feed says of its last change; every other one has the moment of its newest entry.
BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)


class AtomFeed(Atom1Feed):
    def latest_post_date(self) -> datetime:
        return super().latest_post_date() if self.items else BEGINNING


class NewestFeed(Feed):
    """The records published last. A subclass names its list, its rows and their cards.

    The entry of a record has the address of its permanent code as its id: it outlives every change of name and slug.
    """

    feed_type = AtomFeed
    author_name = "Sentra Semarang"
    # The url name of the list page, and of the feed itself.
    list_name: str
    feed_name: str

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.SITE_URL:
            raise Http404
        response = super().__call__(request, *args, **kwargs)
        # A name can be withdrawn without a change to its row, so no date may say that nothing changed.
        del response["Last-Modified"]
        return response

    def card(self, item: Any) -> Card:
        """Title and place of a record, as the gate lets them out."""
        raise LookupError("a feed names its records")

    def summary(self, item: Any) -> str:
        raise LookupError("a feed tells what is new")

    def link(self) -> str:
        return absolute(reverse(self.list_name))

    def feed_url(self) -> str:
        return absolute(reverse(self.feed_name))

    def feed_guid(self) -> str:
        return self.feed_url()

    def item_title(self, item: Any) -> str:
        return self.card(item).heading

    def item_description(self, item: Any) -> str:
        """Atom's summary is HTML here."""
        return escape(self.summary(item) or self.card(item).description)

    def item_link(self, item: Any) -> str:
        return absolute(item.get_absolute_url())

    def item_guid(self, item: Any) -> str:
        return absolute(reverse("permanent_code", args=[item.code]))

    def item_pubdate(self, item: Any) -> datetime:
        moment: datetime = item.published_at
        return moment

    def item_updateddate(self, item: Any) -> datetime:
        moment: datetime = item.updated_at
        return moment
