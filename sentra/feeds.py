"""Atom feeds of new sentra and businesses."""

from django.utils.translation import gettext as _

from semarang_ikm.shared.bilingual import in_language
from semarang_ikm.shared.cards import Card
from semarang_ikm.shared.feeds import SHOWN, NewestFeed
from sentra.models import Ikm, Sentra
from sentra.querysets import IkmQuerySet, SentraQuerySet
from sentra.sharing import ikm_card, sentra_card


class SentraFeed(NewestFeed):
    list_name, feed_name = "sentra_list", "sentra_feed"

    def title(self) -> str:
        return _("Sentra terbaru di Semarang")

    def items(self) -> SentraQuerySet:
        return Sentra.objects.published().for_list().order_by("-published_at", "-pk")[:SHOWN]

    def card(self, item: Sentra) -> Card:
        return sentra_card(item)

    def summary(self, item: Sentra) -> str:
        return in_language(item, "summary")


class IkmFeed(NewestFeed):
    list_name, feed_name = "ikm_list", "ikm_feed"

    def title(self) -> str:
        return _("Usaha terbaru di sentra Semarang")

    def items(self) -> IkmQuerySet:
        return Ikm.objects.published().for_list().order_by("-published_at", "-pk")[:SHOWN]

    def card(self, item: Ikm) -> Card:
        return ikm_card(item, item.public_name)  # type: ignore[attr-defined]  # for_list adds it

    def summary(self, item: Ikm) -> str:
        return in_language(item, "summary")
