"""The door through which search texts and sort names are written.

A row's search text also holds the words of what it belongs to (a place name finds everything in it), so a change
to an area, type, sentra or business must reach the rows below. Lower apps name no upper ones: an upper app
registers how its rows follow. Everything that saves (admin, seed, imports) calls `refresh` with what it saved.
"""

from collections.abc import Callable, Iterable

from django.db import transaction
from django.db.models import Model, Q

from semarang_ikm.shared.choices import Channel
from semarang_ikm.shared.text import join_search_text, sort_key
from sentra.consent import disclose
from sentra.models import Ikm, Kecamatan, Kelurahan, ProductType, Sentra

Follower = Callable[[Model], Iterable[Model]]
Writer = Callable[[list], int]

# For each model: how its rows' texts are written, and which rows of it depend on a record of another model.
_writers: dict[type[Model], Writer] = {}
_followers: list[tuple[type[Model], Callable[[Model], Iterable]]] = []


def register(model: type[Model], write: Writer, follow: Callable[[Model], Iterable]) -> None:
    """`write(rows)` stores the texts of `rows` of `model`; `follow(record)` gives the rows that mention `record`."""
    _writers[model] = write
    _followers.append((model, follow))


@transaction.atomic
def refresh(record: Model) -> None:
    """Write the texts of this record and of every row that mentions it."""
    if type(record) in _writers:
        _writers[type(record)]([record])
    for model, follow in _followers:
        rows = list(follow(record))
        if rows:
            _writers[model](rows)


@transaction.atomic
def refresh_all() -> dict[str, int]:
    """Write every text anew (after bulk loading). Returns the number of rows per model."""
    return {model._meta.model_name: write(list(model._default_manager.all())) for model, write in _writers.items()}


def area_words(kelurahan: Kelurahan | None) -> list[str]:
    return [kelurahan.name, kelurahan.kecamatan.name] if kelurahan else []


def type_words(types: Iterable[ProductType]) -> list[str]:
    """The names of types and of everything above them, in both languages."""
    return [word for kind in types for above in kind.ancestors.all() for word in (above.name, above.name_en) if word]


def _write_sentra(rows: list[Sentra]) -> int:
    full = Sentra.objects.filter(pk__in=[row.pk for row in rows]).prefetch_related(
        "product_types__ancestors", "locations__kelurahan__kecamatan"
    )
    changed = list(full)
    for sentra in changed:
        places = [
            word
            for location in sentra.locations.all()
            for word in (*area_words(location.kelurahan), location.address)
        ]
        sentra.sort_name = sort_key(sentra.name)
        sentra.search_text = join_search_text(
            sentra.name, sentra.name_en, sentra.code, *type_words(sentra.product_types.all()), *places
        )
    return Sentra.objects.bulk_update(changed, ["search_text", "sort_name"], batch_size=500)


def _write_ikm(rows: list[Ikm]) -> int:
    full = (
        Ikm.objects.filter(pk__in=[row.pk for row in rows])
        .select_related("sentra", "kelurahan__kecamatan")
        .prefetch_related("product_types__ancestors")
    )
    changed = list(full)
    # A name that is a person's is found, and sorted by, only while its receipt holds.
    shown = disclose(changed, Channel.WEB)
    for ikm in changed:
        name = shown[ikm].name
        ikm.sort_name = sort_key(name)
        ikm.search_text = join_search_text(
            name,
            ikm.code,
            *type_words(ikm.product_types.all()),
            *area_words(ikm.kelurahan),
            ikm.sentra.name if ikm.sentra else "",
        )
    return Ikm.objects.bulk_update(changed, ["search_text", "sort_name"], batch_size=500)


def _sentra_that_mention(record: Model) -> Iterable[Sentra]:
    if isinstance(record, ProductType):
        return Sentra.objects.filter(product_types__ancestors=record).distinct()
    if isinstance(record, Kelurahan):
        return Sentra.objects.filter(locations__kelurahan=record).distinct()
    if isinstance(record, Kecamatan):
        return Sentra.objects.filter(locations__kelurahan__kecamatan=record).distinct()
    return []


def _ikm_that_mention(record: Model) -> Iterable[Ikm]:
    if isinstance(record, Sentra):
        return Ikm.objects.filter(sentra=record)
    if isinstance(record, ProductType):
        return Ikm.objects.filter(product_types__ancestors=record).distinct()
    if isinstance(record, Kelurahan):
        return Ikm.objects.filter(kelurahan=record)
    if isinstance(record, Kecamatan):
        return Ikm.objects.filter(Q(kelurahan__kecamatan=record))
    return []


register(Sentra, _write_sentra, _sentra_that_mention)
register(Ikm, _write_ikm, _ikm_that_mention)
