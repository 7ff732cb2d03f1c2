"""The product types as a tree, read at once."""

from dataclasses import dataclass, field
from typing import Self

from sentra.data_version import kept
from sentra.models import ProductType

# A type with so many parts is too wide to mean anything by itself ("Pangan"): its parts stand for it.
WIDE = 3


@dataclass
class Branch:
    """A type and what is below it, in their order."""

    kind: ProductType
    parts: list[Self] = field(default_factory=list)


@kept
def type_tree() -> list[Branch]:
    """The main types. One query, kept while the data stand: nobody may change a branch."""
    branches = {kind.pk: Branch(kind) for kind in ProductType.objects.all()}
    for branch in branches.values():
        if branch.kind.parent_id is not None:
            branches[branch.kind.parent_id].parts.append(branch)
    return [branch for branch in branches.values() if branch.kind.parent_id is None]


def front_types(tree: list[Branch]) -> list[Branch]:
    """The types that a visitor chooses from first: the main ones, wide ones replaced by their parts."""
    return [chosen for branch in tree for chosen in (branch.parts if len(branch.parts) >= WIDE else [branch])]
