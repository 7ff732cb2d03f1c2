"""A small random city for the property tests of lists, kept twice: as rows, and as plain values for the oracle.

The oracle reads docs/contract.md ("Meanings") in plain Python. It shares no code with products.matching.
"""

import datetime
from dataclasses import dataclass, field
from random import Random

from django.utils import timezone

from products.choices import CertificationStage
from products.models import CertificateKind, Certification, Product
from semarang_ikm.shared.choices import PublicationStatus
from semarang_ikm.shared.time import today
from sentra.models import Ikm, Kecamatan, Kelurahan, ProductType, Sentra, SentraLocation
from tests import factories

PUBLISHED = PublicationStatus.PUBLISHED
PRICES = [None, 0, 1_000, 25_000, 25_001, 60_000, 100_000, 100_001, 5_000_000]
# Days; around twelve months on both sides, whatever the length of the year.
PRICE_AGES = [0, 30, 364, 368, 900]
BANDS = {"0-25000": range(25_001), "25000-100000": range(25_001, 100_001), "100000-": range(100_001, 10**12)}
PRODUCT_KEYS = {"jenis", "sertifikat", "harga", "ekspor"}


@dataclass
class Place:
    kelurahan: str
    kecamatan: str


@dataclass
class Maker:
    pk: int
    published: bool
    types: set[str]
    places: list[Place]
    sentra: "Maker | None" = None


@dataclass
class Made:
    pk: int
    published: bool
    kind: str
    ikm: Maker | None
    sentra: Maker | None
    export: bool
    price: int | None
    price_on: datetime.date | None


@dataclass
class Paper:
    kind: str
    ikm: Maker
    covers: set[int]  # products; none: the business itself
    issued: bool
    checked: bool
    issued_on: datetime.date | None
    expires_on: datetime.date | None


@dataclass
class World:
    parents: dict[str, str | None] = field(default_factory=dict)
    kelurahan: dict[str, str] = field(default_factory=dict)  # slug -> slug of its kecamatan
    kinds: list[str] = field(default_factory=list)
    sentra: list[Maker] = field(default_factory=list)
    ikm: list[Maker] = field(default_factory=list)
    products: list[Made] = field(default_factory=list)
    papers: list[Paper] = field(default_factory=list)

    # -- what the contract means --------------------------------------------------------------------------------------

    def is_below(self, kind: str, chosen: str) -> bool:
        step: str | None = kind
        while step is not None:
            if step == chosen:
                return True
            step = self.parents[step]
        return False

    def is_of_types(self, kinds: set[str], chosen: tuple[str, ...]) -> bool:
        return any(self.is_below(kind, one) for kind in kinds for one in chosen)

    @staticmethod
    def is_public(product: Made) -> bool:
        maker = product.ikm or product.sentra
        return product.published and maker is not None and maker.published

    @staticmethod
    def is_at(places: list[Place], selection: dict) -> bool:
        return any(
            ("kec" not in selection or place.kecamatan in selection["kec"])
            and ("kel" not in selection or place.kelurahan in selection["kel"])
            for place in places
        )

    @staticmethod
    def counts_today(paper: Paper) -> bool:
        return (
            paper.issued
            and paper.checked
            and (paper.issued_on is None or paper.issued_on <= today())
            and (paper.expires_on is None or paper.expires_on >= today())
        )

    def business_holds(self, ikm: Maker, kinds: tuple[str, ...]) -> bool:
        return any(
            self.counts_today(paper) and paper.ikm is ikm and not paper.covers and paper.kind in kinds
            for paper in self.papers
        )

    def meets(self, product: Made, selection: dict, *, for_makers: bool) -> bool:
        """Whether one product meets every product facet."""
        if "jenis" in selection and not self.is_of_types({product.kind}, selection["jenis"]):
            return False
        if "ekspor" in selection and not product.export:
            return False
        if "harga" in selection:
            if product.price is None or product.price_on is None:
                return False
            if product.price_on < today() - datetime.timedelta(days=366):
                return False
            if not any(product.price in BANDS[band] for band in selection["harga"]):
                return False
        if "sertifikat" in selection:
            held = any(
                self.counts_today(paper) and product.pk in paper.covers and paper.kind in selection["sertifikat"]
                for paper in self.papers
            )
            if for_makers and product.ikm is not None:
                held = held or self.business_holds(product.ikm, selection["sertifikat"])
            if not held:
                return False
        return True

    def found(self, kind: str, selection: dict) -> set[int]:
        """Primary keys of what the list of this kind must show."""
        if kind == "produk":
            return {
                product.pk
                for product in self.products
                if self.is_public(product)
                and self.meets(product, selection, for_makers=False)
                and self._stands(self._places_of(product), selection)
            }
        makers = self.sentra if kind == "sentra" else self.ikm
        return {
            maker.pk
            for maker in makers
            if maker.published and self._stands(maker.places, selection) and self._makes(kind, maker, selection)
        }

    def _stands(self, places: list[Place], selection: dict) -> bool:
        return not {"kec", "kel"} & set(selection) or self.is_at(places, selection)

    @staticmethod
    def _places_of(product: Made) -> list[Place]:
        maker = product.ikm or product.sentra
        return maker.places if maker else []

    def _makes(self, kind: str, maker: Maker, selection: dict) -> bool:
        facets = {key: values for key, values in selection.items() if key in PRODUCT_KEYS}
        if not facets:
            return True
        if set(facets) == {"jenis"}:
            return self.is_of_types(maker.types, facets["jenis"])
        if any(
            self._made_by(kind, maker, product)
            and self.is_public(product)
            and self.meets(product, facets, for_makers=True)
            for product in self.products
        ):
            return True
        if set(facets) != {"sertifikat"}:
            return False
        holders = [maker] if kind == "usaha" else [ikm for ikm in self.ikm if ikm.sentra is maker and ikm.published]
        return any(self.business_holds(holder, facets["sertifikat"]) for holder in holders)

    @staticmethod
    def _made_by(kind: str, maker: Maker, product: Made) -> bool:
        if kind == "usaha":
            return product.ikm is maker
        return product.sentra is maker or (product.ikm is not None and product.ikm.sentra is maker)


# -- a random city ----------------------------------------------------------------------------------------------------


def build(random: Random) -> World:
    """Rows and their plain twin. Bulk writes, since a property test builds many cities."""
    world = World()
    types = _types(world, random)
    areas = _areas(world)
    kinds = [factories.certificate_kind(slug) for slug in ("halal", "p-irt", "sni")]
    world.kinds = [kind.slug for kind in kinds]
    sentra = _sentra(world, random, types, areas)
    ikm = _ikm(world, random, types, areas, sentra)
    products = _products(world, random, types, sentra, ikm)
    _papers(world, random, kinds, ikm, products)
    return world


def _types(world: World, random: Random) -> list[ProductType]:
    tree = {"pangan": None, "kerupuk": "pangan", "kerupuk-udang": "kerupuk", "tahu": "pangan", "batik": None}
    made: dict[str, ProductType] = {}
    for slug, parent in tree.items():
        made[slug] = factories.product_type(slug, slug=slug, parent=made[parent] if parent else None)
    world.parents = tree
    return list(made.values())


def _areas(world: World) -> list[Kelurahan]:
    found = []
    for kec in ("tugu", "genuk"):
        kecamatan = factories.kecamatan(kec, slug=kec)
        for number in (1, 2):
            slug = f"{kec}-{number}"
            world.kelurahan[slug] = kec
            found.append(factories.kelurahan(slug, slug=slug, kecamatan=kecamatan))
    return found


def _publication(random: Random) -> dict:
    status = random.choice([PUBLISHED, PUBLISHED, PUBLISHED, PublicationStatus.DRAFT, PublicationStatus.ARCHIVED])
    return {"status": status, "published_at": timezone.now()}


def _some(random: Random, values: list, most: int) -> list:
    return random.sample(values, random.randint(0, most))


def _sentra(world: World, random: Random, types: list, areas: list) -> list[Sentra]:
    numbers = [factories.number() for _row in range(random.randint(0, 4))]
    rows = Sentra.objects.bulk_create(
        Sentra(name=f"Sentra {n}", code=f"S-{n}", slug=f"sentra-{n}", **_publication(random)) for n in numbers
    )
    for row in rows:
        kinds, places = _some(random, types, 2), _some(random, areas, 3)
        row.product_types.set(kinds)
        SentraLocation.objects.bulk_create(SentraLocation(sentra=row, kelurahan=place) for place in places)
        world.sentra.append(
            Maker(row.pk, row.status == PUBLISHED, {kind.slug for kind in kinds}, [_place(place) for place in places])
        )
    return rows


def _ikm(world: World, random: Random, types: list, areas: list, sentra: list) -> list[Ikm]:
    plan = [
        (factories.number(), random.choice([None, *sentra]), random.choice([None, *areas]))
        for _row in range(random.randint(0, 6))
    ]
    rows = Ikm.objects.bulk_create(
        Ikm(name=f"Usaha {n}", code=f"U-{n}", slug=f"usaha-{n}", sentra=centre, kelurahan=area, **_publication(random))
        for n, centre, area in plan
    )
    for row, (_n, centre, area) in zip(rows, plan, strict=True):
        kinds = _some(random, types, 2)
        row.product_types.set(kinds)
        owner = world.sentra[sentra.index(centre)] if centre else None
        places = [_place(area)] if area else []
        world.ikm.append(Maker(row.pk, row.status == PUBLISHED, {kind.slug for kind in kinds}, places, owner))
    return rows


def _products(world: World, random: Random, types: list, sentra: list, ikm: list) -> list[Product]:
    rows, makers = [], []
    for _row in range(random.randint(0, 12) if sentra or ikm else 0):
        n = factories.number()
        maker = random.choice([*sentra, *ikm, *ikm])
        price = random.choice(PRICES)
        age = datetime.timedelta(days=random.choice(PRICE_AGES))
        rows.append(
            Product(
                name=f"Produk {n}",
                code=f"P-{n}",
                slug=f"produk-{n}",
                ikm=maker if isinstance(maker, Ikm) else None,
                sentra=maker if isinstance(maker, Sentra) else None,
                product_type=random.choice(types),
                is_export_ready=random.random() < 0.5,
                price_min=price,
                price_unit="" if price is None else "bungkus",
                price_on=None if price is None else today() - age,
                **_publication(random),
            )
        )
        makers.append(maker)
    Product.objects.bulk_create(rows)
    for row, maker in zip(rows, makers, strict=True):
        world.products.append(
            Made(
                pk=row.pk,
                published=row.status == PUBLISHED,
                kind=row.product_type.slug,
                ikm=world.ikm[ikm.index(maker)] if isinstance(maker, Ikm) else None,
                sentra=world.sentra[sentra.index(maker)] if isinstance(maker, Sentra) else None,
                export=row.is_export_ready,
                price=row.price_min,
                price_on=row.price_on,
            )
        )
    return rows


def _papers(world: World, random: Random, kinds: list[CertificateKind], ikm: list, products: list) -> None:
    officer = factories.user()
    stages = [CertificationStage.ISSUED] * 4 + list(CertificationStage)
    for _row in range(random.randint(0, 8) if ikm else 0):
        holder, kind, stage = random.choice(ikm), random.choice(kinds), random.choice(stages)
        own = [product for product in products if product.ikm_id == holder.pk]
        covers = random.sample(own, random.randint(0, len(own))) if random.random() < 0.6 else []
        checked = random.random() < 0.75
        issued_on = random.choice([None, today(), today() - datetime.timedelta(days=40)])
        if issued_on is None or random.random() < 0.1:
            issued_on = random.choice([None, today() + datetime.timedelta(days=1)])
        expires_on = random.choice([None, today(), today() + datetime.timedelta(days=9)])
        if issued_on is None or issued_on < today():
            expires_on = random.choice([expires_on, today() - datetime.timedelta(days=1)])
        if issued_on and expires_on and expires_on < issued_on:
            expires_on = None
        paper = Certification.objects.create(
            kind=kind,
            ikm=holder,
            stage=stage,
            number=f"UJI-{factories.number()}",
            issued_on=issued_on,
            expires_on=expires_on,
            checked_on=today() if checked else None,
            checked_by=officer if checked else None,
        )
        paper.products.set(covers)
        world.papers.append(
            Paper(
                kind=kind.slug,
                ikm=world.ikm[ikm.index(holder)],
                covers={product.pk for product in covers},
                issued=stage == CertificationStage.ISSUED,
                checked=checked,
                issued_on=issued_on,
                expires_on=expires_on,
            )
        )


def _place(area: Kelurahan) -> Place:
    kecamatan: Kecamatan = area.kecamatan
    return Place(area.slug, kecamatan.slug)


def choose(random: Random, world: World) -> dict[str, tuple[str, ...]]:
    """A random selection: about two facets, one to three values each."""
    values = {
        "jenis": list(world.parents),
        "kec": sorted(set(world.kelurahan.values())),
        "kel": list(world.kelurahan),
        "sertifikat": world.kinds,
        "harga": list(BANDS),
        "ekspor": ["1"],
    }
    keys = random.sample(list(values), random.choice([0, 1, 1, 2, 2, 3, 4, 6]))
    return {
        key: tuple(sorted(random.sample(values[key], random.randint(1, min(len(values[key]), 2)))))
        for key in values
        if key in keys
    }
