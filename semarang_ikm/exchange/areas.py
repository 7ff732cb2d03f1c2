"""Officers who work in some kecamatan only import rows of these (sentra.scope)."""

from functools import cached_property
from typing import TYPE_CHECKING

from semarang_ikm.exchange.kinds.base import Given, Kind
from semarang_ikm.exchange.world import World
from sentra.models import Ikm, Sentra
from sentra.scope import ikm_within, sentra_within

if TYPE_CHECKING:
    from django.contrib.auth.models import User


class Reach:
    """Which records and which new rows lie where the officer works. An officer without areas reaches all."""

    def __init__(self, kind: Kind, by: "User", world: World) -> None:
        self.kind, self.world = kind, world
        officer = getattr(by, "officer", None)
        self.areas = frozenset(officer.kecamatan.values_list("pk", flat=True)) if officer is not None else frozenset()

    def has(self, pk: int) -> bool:
        return not self.areas or pk in self._inside

    def takes(self, given: Given) -> bool:
        """Whether a new row would lie there: by its kelurahan, else by its business, else by its sentra."""
        if not self.areas:
            return True
        if given.get("kelurahan"):
            return self.world.kelurahan[given["kelurahan"]].kecamatan_id in self.areas
        if given.get("ikm"):
            return given["ikm"] in self._businesses
        return given.get("sentra") in self._sentra

    @cached_property
    def _inside(self) -> set[int]:
        chosen = self.kind.model._default_manager.filter(self.kind.within(self.areas))
        return set(chosen.values_list("pk", flat=True))

    @cached_property
    def _businesses(self) -> set[int]:
        return set(Ikm.objects.filter(ikm_within(self.areas)).values_list("pk", flat=True))

    @cached_property
    def _sentra(self) -> set[int]:
        return set(Sentra.objects.filter(sentra_within(self.areas)).values_list("pk", flat=True))
