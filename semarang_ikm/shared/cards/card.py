"""What a share card says. Nothing here draws: a page needs only the address, which is cheap."""

from dataclasses import asdict, dataclass
from functools import cached_property
from hashlib import sha256
from json import dumps

from django.urls import reverse

WIDTH, HEIGHT = 1200, 630
# Raised when the drawing changes, so that every card gets a new address.
DESIGN = 1


@dataclass(frozen=True)
class Card:
    """One card in one language. Every text has passed the consent gate before it comes here."""

    # Which page it belongs to: the kind of record, and its code or slug.
    kind: str
    key: str
    title: str
    # Under the title: the kelurahan and kecamatan, or a sentence.
    place: str = ""
    # Above the title: what it is.
    label: str = ""
    # Names of patterns for the arches; a photo takes their place.
    patterns: tuple[str, ...] = ("asem",)
    # The storage name of a public photo, or "".
    photo: str = ""

    @cached_property
    def digest(self) -> str:
        """Of everything that is seen: the address changes with the content, so no stale copy is ever asked for."""
        seen = dumps([DESIGN, asdict(self)], ensure_ascii=False, sort_keys=True)
        return sha256(seen.encode()).hexdigest()[:16]

    @property
    def ending(self) -> str:
        """Lines and flat colours are smallest as PNG, photos as JPEG."""
        return "jpg" if self.photo else "png"

    @property
    def file_name(self) -> str:
        """On our disk."""
        return f"{self.digest}.{self.ending}"

    @property
    def url(self) -> str:
        """Its address in the active language, without the site's."""
        return reverse("share_card", args=[self.kind, self.key, self.digest, self.ending])

    @property
    def content_type(self) -> str:
        return "image/jpeg" if self.photo else "image/png"

    @property
    def heading(self) -> str:
        """The title of a shared link: "Batik Warna Alam Malon – Gunungpati, Gunungpati"."""
        return f"{self.title} – {self.place}" if self.place else self.title

    @property
    def description(self) -> str:
        """What and where, for a record that has no summary."""
        return ", ".join(filter(None, (self.label, self.place)))
