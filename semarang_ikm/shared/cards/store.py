"""Drawn cards on disk. However many ask, one is drawn at a time, and only for records that are public now."""

import threading
from collections.abc import Callable

from semarang_ikm.shared.cards.card import Card
from semarang_ikm.shared.kept_files import Busy, KeptFiles

# About 30 KB each, under 100 KB at most.
pictures = KeptFiles("cards", (".png", ".jpg"), max_files=2000)
WAIT_SECONDS = 3.0
# Threads of one process that may draw or wait; the others keep serving pages.
_seats = threading.BoundedSemaphore(2)


def picture_of(card: Card, draw: Callable[[Card], bytes]) -> bytes:
    """The card's picture, drawn if it is not there yet. Raises Busy, and whatever `draw` raises."""
    try:
        return (pictures.folder / card.file_name).read_bytes()
    except FileNotFoundError:
        pass
    if not _seats.acquire(blocking=False):
        raise Busy
    try:
        return pictures.get_or_make(card.file_name, lambda: draw(card), WAIT_SECONDS).read_bytes()
    finally:
        _seats.release()
