"""Keeps `ProductType.ancestors`: itself and every type above it, so that one join answers "this type or below"."""

from django.db import transaction

from sentra.models import ProductType


@transaction.atomic
def rebuild_lineage() -> int:
    """Bring all ancestors into line with the parents; returns how many links were wrong.

    Four queries at most, two when nothing was wrong. A type in a loop of parents has the types of the loop above it.
    """
    parents = dict(ProductType.objects.order_by().values_list("pk", "parent_id"))
    through = ProductType.ancestors.through
    stored = {
        (below, above): pk
        for pk, below, above in through.objects.values_list("pk", "from_producttype_id", "to_producttype_id")
    }
    wanted = {(pk, above) for pk in parents for above in _line(pk, parents)}
    stale = [pk for link, pk in stored.items() if link not in wanted]
    missing = sorted(wanted - stored.keys())
    if stale:
        through.objects.filter(pk__in=stale).delete()
    through.objects.bulk_create(through(from_producttype_id=below, to_producttype_id=above) for below, above in missing)
    return len(stale) + len(missing)


def _line(pk: int, parents: dict[int, int | None]) -> list[int]:
    line: list[int] = []
    step: int | None = pk
    while step is not None and step not in line:
        line.append(step)
        step = parents.get(step)
    return line
