"""Putting imported borders on the map, and taking them off."""

from datetime import date

from django.db import transaction

from sentra.map.drawing import Drawing
from sentra.models import BoundarySet, BoundaryShape, Kecamatan


@transaction.atomic
def replace_boundaries(*, drawing: Drawing, source: str, level: str, is_official: bool, dated_on: date | None) -> None:
    """The map shows this drawing from the next request on; the former set is gone."""
    BoundarySet.objects.all().delete()
    kept = BoundarySet.objects.create(
        pk=1, source=source, level=level, is_official=is_official, dated_on=dated_on, **drawing.box._asdict()
    )
    kecamatan = Kecamatan.objects.in_bulk(list(drawing.shapes), field_name="code")
    BoundaryShape.objects.bulk_create(
        BoundaryShape(
            boundary_set=kept,
            kecamatan=kecamatan[code],
            path=shape.path,
            label_x=shape.label_x,
            label_y=shape.label_y,
        )
        for code, shape in drawing.shapes.items()
    )


@transaction.atomic
def reset_boundaries() -> bool:
    """Back to the schematic map; whether there was anything to take off."""
    deleted, _per_table = BoundarySet.objects.all().delete()
    return bool(deleted)
