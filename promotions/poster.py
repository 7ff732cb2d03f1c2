"""An event on one sheet of A4: what of it fits, whatever its length."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from typing import Any

from promotions.models import Promotion
from semarang_ikm.shared.bilingual import in_language
from semarang_ikm.shared.qr import Qr, qr_of
from sentra.choices import Pattern
from sentra.models import Sentra

# Doors at the foot of the sheet; the first holds the QR code where there is one.
DOORS = 5
# Letters from which a name is set smaller, and how many participants then still fit in three columns.
MEDIUM_NAME, LONG_NAME = 34, 70
NAMES, NAMES_BELOW_A_LONG_NAME = 21, 12


@dataclass(frozen=True)
class Poster:
    """`size`: of the name, "" for the largest. `names`: who takes part; `more`: how many others there are."""

    name: str
    size: str
    names: Sequence[str]
    more: int
    patterns: Sequence[str]
    qr: Qr | None


def poster_of(
    event: Promotion,
    centres: Iterable[Sentra],
    businesses: Iterable[Any],
    total: int,
    patterns: Iterable[str],
    site: str,
) -> Poster:
    """`businesses`: from promotions.ledger, with their names for paper; `total`: of all businesses; `site`: "" for no QR."""
    name = in_language(event, "name")
    room = NAMES_BELOW_A_LONG_NAME if len(name) > LONG_NAME else NAMES
    of_centres = [in_language(sentra, "name") for sentra in centres]
    everyone = [*of_centres, *(_name(ikm) for ikm in businesses)]
    names = [] if event.cancelled_on else everyone[:room]
    return Poster(
        name=name,
        size="long" if len(name) > LONG_NAME else "medium" if len(name) > MEDIUM_NAME else "",
        names=names,
        more=len(of_centres) + total - len(names) if names else 0,
        patterns=list(islice(cycle(list(dict.fromkeys(patterns)) or [Pattern.ASEM.value]), DOORS)),
        qr=qr_of(f"{site}{event.get_absolute_url()}" if site else ""),
    )


def _name(ikm: Any) -> str:
    """The sheet travels inside the web page: a name that is a person's stands on it under both receipts only."""
    if ikm.public_name == ikm.paper_name:
        return str(ikm.public_name)
    return str(ikm.paper_name if ikm.public_name == ikm.name else ikm.public_name)
