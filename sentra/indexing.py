"""The door through which search texts and sort names are written.

A row's search text also holds the words of what it belongs to (a place name finds everything in it), so a change
to an area, type, sentra or business must reach the rows below. Lower apps name no upper ones: an upper app
registers how its rows follow. Everything that saves (admin, seed, imports) calls `refresh` with what it saved.
Rows are read and written in chunks, so that memory stays the same at any size; a text that is right is not written.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import reduce
from itertools import islice
from operator import or_

from django.db import transaction
from django.db.models import Model, Q, QuerySet

from semarang_ikm.shared import bulk
from semarang_ikm.shared.choices import Channel
from semarang_ikm.shared.text import join_search_text, sort_key
from sentra.consent import disclose
from sentra.models import Ikm, Kecamatan, Kelurahan, NamedTwice, ProductType, SearchEntry, Sentra, SentraLocation

# A model, and the lookups by which a row finds the records of it that its texts mention.
Mentions = Mapping[type[Model], Sequence[str]]
# Takes rows of one model, of which it reads the primary key only; returns how many texts it changed.
Writer = Callable[[list], int]
# Rows held in memory at once.
CHUNK = 1000

# For each model: how its rows' texts are written, and which rows of it depend on records of another model.
_writers: dict[type[Model], Writer] = {}
_mentions: dict[type[Model], Mentions] = {}


def register(model: type[Model], write: Writer, mentions: Mentions) -> None:
    """`write(rows)` stores the texts of `rows` of `model`; `mentions`: the other models that are named in them."""
    _writers[model], _mentions[model] = write, mentions


@transaction.atomic
def refresh(record: Model) -> None:
    """Write the texts of this record and of every row that mentions it."""
    refresh_together(type(record), [record.pk])


@transaction.atomic
def refresh_together(model: type[Model], keys: Sequence[int]) -> None:
    """Write the texts of these records of one model and of every row that mentions one of them."""
    if model in _writers:
        refresh_rows(model, keys)
    for start in range(0, len(keys), CHUNK):
        for other, mentions in _mentions.items():
            if lookups := mentions.get(model._meta.concrete_model or model):
                named = reduce(or_, (Q(**{f"{lookup}__in": keys[start : start + CHUNK]}) for lookup in lookups))
                for rows in _chunks(other, other._default_manager.filter(named)):
                    _writers[other](rows)


@transaction.atomic
def refresh_rows(model: type[Model], keys: Iterable[int]) -> None:
    """Write the texts of these rows alone (after a bulk write of rows that nothing mentions yet)."""
    for rows in _in_chunks(model, keys):
        _writers[model](rows)


@transaction.atomic
def refresh_all() -> dict[str, int]:
    """Bring every text up to date (after bulk loading). Returns the number of changed rows per model."""
    return {
        str(model._meta.model_name): sum(write(rows) for rows in _chunks(model, model._default_manager.all()))
        for model, write in _writers.items()
    }


def _chunks(model: type[Model], rows: QuerySet) -> Iterator[list[Model]]:
    """The rows by primary key. All keys are read before the first write, which may change what a query finds."""
    yield from _in_chunks(model, list(rows.order_by("pk").values_list("pk", flat=True).distinct()))


def _in_chunks(model: type[Model], keys: Iterable[int]) -> Iterator[list[Model]]:
    waiting = iter(keys)
    while chunk := [model(pk=pk) for pk in islice(waiting, CHUNK)]:
        yield chunk


def set_texts(entry: SearchEntry, name: str, words: Iterable[str]) -> bool:
    """Give a row the texts of its public name and of the words it is found by. Returns whether they changed."""
    texts = {"sort_name": sort_key(name), "search_text": join_search_text(name, *words)}
    if isinstance(entry, NamedTwice):
        texts["sort_name_en"] = sort_key(str(entry.name_en or name))
    changed = any(getattr(entry, field) != text for field, text in texts.items())
    for field, text in texts.items():
        setattr(entry, field, text)
    return changed


def store_texts(model: type[Model], changed: list) -> int:
    fields = ["search_text", "sort_name", *(["sort_name_en"] if issubclass(model, NamedTwice) else [])]
    return bulk.put(changed, fields)


def area_words(kelurahan: Kelurahan | None) -> list[str]:
    return [kelurahan.name, kelurahan.kecamatan.name] if kelurahan else []


def type_words(types: Iterable[ProductType]) -> list[str]:
    """The names of types and of everything above them, in both languages."""
    return [word for kind in types for above in kind.ancestors.all() for word in (above.name, above.name_en) if word]


def location_words(locations: Iterable[SentraLocation]) -> list[str]:
    return [word for place in locations for word in (*area_words(place.kelurahan), place.address)]


def sentra_words(sentra: Sentra, types: list[str], places: list[str]) -> list[str]:
    """What a sentra is found by besides its name."""
    return [sentra.name_en, sentra.code, *types, *places]


def ikm_words(ikm: Ikm, types: list[str]) -> list[str]:
    """What a business is found by besides its public name."""
    return [ikm.code, *types, *area_words(ikm.kelurahan), public_sentra_name(ikm.sentra)]


def public_sentra_name(sentra: Sentra | None) -> str:
    """The sentra's name as a word to find others by: a draft's name must not be tried out through them."""
    return sentra.name if sentra and sentra.is_published else ""


def _write_sentra(rows: list[Sentra]) -> int:
    full = Sentra.objects.filter(pk__in=[row.pk for row in rows]).prefetch_related(
        "product_types__ancestors", "locations__kelurahan__kecamatan"
    )
    changed = [
        sentra
        for sentra in full
        if set_texts(
            sentra,
            sentra.name,
            sentra_words(sentra, type_words(sentra.product_types.all()), location_words(sentra.locations.all())),
        )
    ]
    return store_texts(Sentra, changed)


def _write_ikm(rows: list[Ikm]) -> int:
    full = (
        Ikm.objects.filter(pk__in=[row.pk for row in rows])
        # One object for each place and sentra, however many businesses name it.
        .prefetch_related("sentra", "kelurahan__kecamatan", "product_types__ancestors")
    )
    read = list(full)
    # A name that is a person's is found, and sorted by, only while its receipt holds.
    shown = disclose(read, Channel.WEB)
    changed = [
        ikm for ikm in read if set_texts(ikm, shown[ikm].name, ikm_words(ikm, type_words(ikm.product_types.all())))
    ]
    return store_texts(Ikm, changed)


register(
    Sentra,
    _write_sentra,
    {
        ProductType: ["product_types__ancestors"],
        Kelurahan: ["locations__kelurahan"],
        Kecamatan: ["locations__kelurahan__kecamatan"],
    },
)
register(
    Ikm,
    _write_ikm,
    {
        Sentra: ["sentra"],
        ProductType: ["product_types__ancestors"],
        Kelurahan: ["kelurahan"],
        Kecamatan: ["kelurahan__kecamatan"],
    },
)
