"""Share cards: the picture that stands beside a link in a chat or a timeline (docs/adr/0010-sharing.md)."""

from semarang_ikm.shared.cards.card import HEIGHT, WIDTH, Card

__all__ = ["HEIGHT", "WIDTH", "Card"]
