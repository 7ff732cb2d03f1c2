"""The Atom feed of new events."""

from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from promotions.models import Promotion
from promotions.querysets import PromotionQuerySet
from promotions.sharing import event_card
from semarang_ikm.shared.bilingual import in_language
from semarang_ikm.shared.cards import Card
from semarang_ikm.shared.feeds import SHOWN, NewestFeed


class EventFeed(NewestFeed):
    list_name, feed_name = "event_list", "event_feed"

    def title(self) -> str:
        return _("Acara baru dengan usaha Semarang")

    def items(self) -> PromotionQuerySet:
        return Promotion.objects.published().events().for_list().order_by("-published_at", "-pk")[:SHOWN]

    def card(self, item: Promotion) -> Card:
        return event_card(item)

    def summary(self, item: Promotion) -> str:
        return in_language(item, "description")

    def item_guid(self, item: Promotion) -> str:
        """An event has no code, and its address may change: a tag URI (RFC 4151)."""
        return f"tag:{urlsplit(settings.SITE_URL).hostname},2026:{get_language()}/acara/{item.pk}"
