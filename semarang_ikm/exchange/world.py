"""What cells refer to, read once for a whole file: areas, types, sentra, businesses. Nothing here is ever made."""

from collections import defaultdict
from collections.abc import Callable, Hashable
from functools import cached_property
from typing import TYPE_CHECKING, Any

from products.models import CertificateKind, Product
from semarang_ikm.shared.text import squeeze
from sentra.codes import format_code, parse_code
from sentra.models import AreaAlias, Ikm, Kecamatan, Kelurahan, ProductType, Sentra

if TYPE_CHECKING:
    from django.contrib.auth.models import User


class World:
    """Belongs to one reading of one file: what is kept here is as old as it."""

    def __init__(self, *, sees_personal: bool = False, by: "User | None" = None) -> None:
        # Who writes; None: nothing is written.
        self.by = by
        # Whether the officer for whom it is read may know what is recorded of a person.
        self.sees_personal = sees_personal
        self._kept: dict[Hashable, Any] = {}

    def kept(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """What `make` gave the first time."""
        if key not in self._kept:
            self._kept[key] = make()
        return self._kept[key]

    # -- areas --------------------------------------------------------------------------------------------------------

    @cached_property
    def kelurahan(self) -> dict[int, Kelurahan]:
        return {area.pk: area for area in Kelurahan.objects.select_related("kecamatan").order_by("name", "pk")}

    @cached_property
    def kecamatan_by_name(self) -> dict[str, Kecamatan]:
        found = {
            squeeze(alias.name): alias.kecamatan
            for alias in AreaAlias.objects.select_related("kecamatan")
            if alias.kecamatan
        }
        return found | {squeeze(area.name): area for area in Kecamatan.objects.all()}

    @cached_property
    def kelurahan_by_name(self) -> dict[str, list[Kelurahan]]:
        """By name, by name with kecamatan, and by other names where no kelurahan bears them."""
        found: dict[str, list[Kelurahan]] = defaultdict(list)
        for area in self.kelurahan.values():
            found[squeeze(area.name)].append(area)
            found[squeeze(f"{area.name} {area.kecamatan.name}")].append(area)
        others: dict[str, list[Kelurahan]] = defaultdict(list)
        for alias in AreaAlias.objects.filter(kelurahan__isnull=False):
            if (name := squeeze(alias.name)) not in found:
                others[name].append(self.kelurahan[alias.kelurahan_id or 0])
        return {**others, **found}

    # -- what is made, and where --------------------------------------------------------------------------------------

    @cached_property
    def types(self) -> dict[int, ProductType]:
        return {kind.pk: kind for kind in ProductType.objects.order_by("position", "name")}

    @cached_property
    def types_by_name(self) -> dict[str, ProductType]:
        found = {}
        for kind in self.types.values():
            for name in (kind.name_en, kind.slug, kind.name):
                if name:
                    found[squeeze(name)] = kind
        return found

    @cached_property
    def certificate_kinds(self) -> dict[int, CertificateKind]:
        return {kind.pk: kind for kind in CertificateKind.objects.prefetch_related("rules")}

    @cached_property
    def sentra(self) -> dict[int, Sentra]:
        chosen = Sentra.objects.only("pk", "code", "name", "status").order_by("name", "pk")
        return {sentra.pk: sentra for sentra in chosen}

    @cached_property
    def sentra_by_name(self) -> dict[str, Sentra]:
        found = {squeeze(sentra.name): sentra for sentra in self.sentra.values()}
        return found | {squeeze(sentra.code): sentra for sentra in self.sentra.values()}

    @cached_property
    def certificate_kind_by_name(self) -> dict[str, CertificateKind]:
        found: dict[str, CertificateKind] = {}
        for kind in self.certificate_kinds.values():
            for name in (kind.full_name, kind.full_name_en, kind.slug, kind.name):
                if name:
                    found[squeeze(name)] = kind
        return found

    # -- what businesses make -----------------------------------------------------------------------------------------

    @cached_property
    def products(self) -> dict[int, Product]:
        """Every product with what it is recognised by; other fields are not loaded."""
        chosen = Product.objects.only("pk", "code", "name", "ikm_id", "sentra_id")
        return {product.pk: product for product in chosen.order_by("pk")}

    @cached_property
    def products_by_code(self) -> dict[str, Product]:
        return {product.code: product for product in self.products.values()}

    @cached_property
    def products_by_maker(self) -> dict[tuple[int | None, int | None], list[Product]]:
        """By the keys of business and sentra, of which one is None."""
        found: dict[tuple[int | None, int | None], list[Product]] = defaultdict(list)
        for product in self.products.values():
            found[product.ikm_id, product.sentra_id].append(product)
        return dict(found)

    # -- businesses ---------------------------------------------------------------------------------------------------

    @cached_property
    def ikm(self) -> dict[int, Ikm]:
        """Every business with what it is recognised by; other fields are not loaded."""
        chosen = Ikm.objects.only(
            "pk", "code", "name", "nib", "kelurahan_id", "sentra_id", "name_is_personal", "status"
        )
        return {ikm.pk: ikm for ikm in chosen.order_by("pk")}

    @cached_property
    def ikm_by_code(self) -> dict[str, Ikm]:
        return {ikm.code: ikm for ikm in self.ikm.values()}

    @cached_property
    def ikm_by_nib(self) -> dict[str, Ikm]:
        return {ikm.nib: ikm for ikm in self.ikm.values() if ikm.nib}

    @cached_property
    def ikm_by_name(self) -> dict[str, list[Ikm]]:
        found: dict[str, list[Ikm]] = defaultdict(list)
        for ikm in self.ikm.values():
            found[squeeze(ikm.name)].append(ikm)
        return dict(found)


def tidy_code(text: str) -> str:
    """ "u-7" and "U-007" are U-07; what has not a code's shape stays as it is."""
    parsed = parse_code(text)
    return format_code(*parsed) if parsed else text.strip().upper()
