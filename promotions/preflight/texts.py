"""Every text of the rows that the book prints, with where an officer finds it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import cast

from django.db.models import Field, Model

from promotions.preflight.plan import Plan

# Fields with an English twin.
OF_EDITION = ("title", "foreword")
OF_SENTRA = ("name", "summary", "description", "visiting_hours", "activity_note")
OF_PRODUCT = ("name", "summary", "materials", "size", "storage", "minimum_order", "price_unit")
OF_TYPE = ("name",)
OF_KIND = ("full_name", "promise", "how_to_check")


@dataclass(frozen=True)
class Text:
    """A text in one language. `record`: whose page mends it; `label`: what the field is called there."""

    record: Model
    code: str
    field: str
    words: str

    @property
    def label(self) -> str:
        return str(cast(Field, self.record._meta.get_field(self.field)).verbose_name)


def twins_of(plan: Plan) -> Iterator[tuple[Text, Text]]:
    """Each text in Indonesian and in English; either may be empty."""
    for record, code, fields in _records(plan):
        for field in fields:
            english = f"{field}_en"
            yield (
                Text(record, code, field, getattr(record, field)),
                Text(record, code, english, getattr(record, english)),
            )


def texts_of(plan: Plan) -> Iterator[Text]:
    """Every text that is filled, in both languages where the book has both."""
    for indonesian, english in twins_of(plan):
        yield from (text for text in (indonesian, english) if text.words)
    for sentra in plan.sentra:
        for place in sentra.locations.all():
            if place.address:
                yield Text(place, sentra.code, "address", place.address)


def _records(plan: Plan) -> Iterable[tuple[Model, str, tuple[str, ...]]]:
    yield plan.edition, "", OF_EDITION
    for sentra in plan.sentra:
        yield sentra, sentra.code, OF_SENTRA
    for product in plan.material.products:
        yield product, product.code, OF_PRODUCT
    for kind in {product.product_type.pk: product.product_type for product in plan.material.products}.values():
        yield kind, "", OF_TYPE
