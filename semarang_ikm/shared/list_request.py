"""What the address of a list asks for, and the address of every other list like it (docs/contract.md)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

# The order of keys in every link we write.
KEYS = ("q", "jenis", "kec", "kel", "sertifikat", "harga", "ekspor", "dekat", "urut", "hal", "cetak")
REPEATABLE = ("jenis", "kec", "kel", "sertifikat", "harga")
FACET_KEYS = (*REPEATABLE, "ekspor")
# Keys whose single values have a page of their own: /jenis/batik/ for `jenis=batik`.
TWIN_KEYS = ("jenis", "kec", "kel", "sertifikat")
PAGE_KEY = "hal"
MAX_QUERY_LENGTH = 200

Selection = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Place:
    """A kelurahan that distances are measured from: its slug, its name with its kecamatan, its label point (degrees)."""

    slug: str
    label: str
    latitude: float = 0.0
    longitude: float = 0.0


@dataclass(frozen=True)
class FoundPlace:
    """What a typed place name means: one place, else several to choose from (`is_close`: none bears that very name)."""

    place: Place | None = None
    choices: tuple[Place, ...] = ()
    is_close: bool = False


@dataclass(frozen=True)
class Request:
    """What an address asks for, after everything unknown was set aside in `ignored` ("key=value")."""

    q: str = ""
    selection: Selection = field(default_factory=dict)
    near: Place | None = None
    sort: str = ""
    page: int | None = 1
    printing: bool = False
    ignored: tuple[str, ...] = ()
    # What `dekat` was typed as, and what it may mean, when that is not one place.
    near_typed: str = ""
    near_found: FoundPlace = FoundPlace()

    def url(self, page: int = 1, **changes: Any) -> str:
        """The query string of this request with changes: keys in their fixed order, empty ones dropped, "" for none.

        An order that needs what the changes take away goes with it.
        """
        q = changes.get("q", self.q)
        selection = changes.get("selection", self.selection)
        near = changes.get("near", self.near)
        sort = changes.get("sort", self.sort)
        pairs: list[tuple[str, str]] = [("q", q)] if q else []
        for key in FACET_KEYS:
            pairs += [(key, value) for value in selection.get(key, ())]
        if near:
            pairs.append(("dekat", near.slug))
        if sort and needs_met(sort, q, selection, near):
            pairs.append(("urut", sort))
        if page > 1:
            pairs.append(("hal", str(page)))
        if changes.get("printing"):
            pairs.append(("cetak", "1"))
        return f"?{urlencode(pairs)}" if pairs else ""

    def without(self, key: str, value: str) -> Selection:
        left = tuple(v for v in self.selection.get(key, ()) if v != value)
        return {k: v for k, v in {**self.selection, key: left}.items() if v}


def needs_met(sort: str, q: str, selection: Selection, near: Place | None) -> bool:
    """`relevan` needs words, `jarak` a place to measure from."""
    if sort == "relevan":
        return bool(q)
    if sort == "jarak":
        return near is not None or "kel" in selection or "kec" in selection
    return True
