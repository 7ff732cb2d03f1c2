"""Areas as people name them, and what is near what."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, QuerySet
from rapidfuzz import fuzz, process

from semarang_ikm.shared.geometry import LONGITUDE_SCALE
from semarang_ikm.shared.text import normalise, squeeze
from sentra.models import AreaAlias, Ikm, Kecamatan, Kelurahan, Sentra, SentraLocation

Area = Kecamatan | Kelurahan
MAX_NAME = 80
MAX_SUGGESTIONS = 5
# Of 100: below this a name has nothing to do with what was typed.
MIN_LIKENESS = 65


@dataclass
class FoundAreas:
    """Areas that bear the typed name, else areas whose name is close to it."""

    exact: list[Area] = field(default_factory=list)
    suggestions: list[Area] = field(default_factory=list)


def find_areas(typed: str) -> FoundAreas:
    """Read a name in any usual spelling: "krobokan", "Kel. Gunung Pati", "Purwosari – Mijen", an alias.

    A kelurahan is meant before a kecamatan of the same name, and a name before an alias.
    """
    wanted = _bare(typed[:MAX_NAME])
    if not wanted:
        return FoundAreas()
    kelurahan = list(Kelurahan.objects.select_related("kecamatan"))
    kecamatan = list(Kecamatan.objects.all())
    aliases = list(AreaAlias.objects.select_related("kelurahan__kecamatan", "kecamatan"))
    for matches in (
        [area for area in kelurahan if wanted in _names(area)],
        [area for area in kecamatan if wanted in _names(area)],
        [alias.area for alias in aliases if squeeze(alias.name) == wanted],
    ):
        if matches:
            return FoundAreas(exact=list(dict.fromkeys(matches)))
    everywhere: list[Area] = [*kelurahan, *kecamatan]
    named: list[tuple[str, Area]] = [(squeeze(area.name), area) for area in everywhere]
    named += [(squeeze(alias.name), alias.area) for alias in aliases]
    return FoundAreas(suggestions=_similar(wanted, named))


def _bare(typed: str) -> str:
    """The name without "kelurahan" or "kecamatan" before it, and without spaces."""
    words = normalise(typed).split()
    if len(words) > 1 and words[0] in {"kelurahan", "kel", "kecamatan", "kec"}:
        words = words[1:]
    return "".join(words)


def _names(area: Area) -> set[str]:
    names = {squeeze(area.name), squeeze(area.slug)}
    if isinstance(area, Kelurahan):
        names.add(squeeze(f"{area.name} {area.kecamatan.name}"))
    return names


def _similar(wanted: str, named: list[tuple[str, Area]]) -> list[Area]:
    hits = process.extract(
        wanted, [name for name, _area in named], scorer=fuzz.WRatio, score_cutoff=MIN_LIKENESS, limit=20
    )
    found = dict.fromkeys(named[index][1] for _name, _score, index in hits)
    return list(found)[:MAX_SUGGESTIONS]


def filled_kelurahan() -> QuerySet[Kelurahan]:
    """Kelurahan where something public is recorded."""
    sentra = SentraLocation.objects.filter(kelurahan=OuterRef("pk"), sentra__in=Sentra.objects.published())
    ikm = Ikm.objects.published().filter(kelurahan=OuterRef("pk"))
    return Kelurahan.objects.filter(Exists(sentra) | Exists(ikm)).select_related("kecamatan")


def nearest(origin: Kelurahan, others: Iterable[Kelurahan], limit: int) -> list[Kelurahan]:
    """The areas closest to `origin` by their label points, itself left out."""
    return [area for area, _squared in nearest_with_distance(origin, others, limit)]


def nearest_with_distance(origin: Kelurahan, others: Iterable[Kelurahan], limit: int) -> list[tuple[Kelurahan, float]]:
    """The closest areas, each with the squared distance in degrees of latitude."""

    def squared(area: Kelurahan) -> float:
        north, east = float(area.latitude - origin.latitude), float(area.longitude - origin.longitude)
        return north**2 + (east * LONGITUDE_SCALE) ** 2

    measured = [(area, squared(area)) for area in others if area.pk != origin.pk]
    return sorted(measured, key=lambda pair: pair[1])[:limit]
