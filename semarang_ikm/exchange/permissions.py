"""Who may import and export what."""

from typing import Any

from semarang_ikm.exchange.columns import Column
from semarang_ikm.exchange.kinds import KINDS, Kind

MAY_SEE_PERSONAL_DATA = "sentra.see_personal_data"


def can_import(user: Any, kind: Kind) -> bool:
    """Rows come in new and change others, so both permissions on their table are needed."""
    meta = kind.model._meta
    return user.has_perms([f"{meta.app_label}.{action}_{meta.model_name}" for action in ("add", "change")])


def importable(user: Any) -> list[Kind]:
    return [kind for kind in KINDS.values() if can_import(user, kind)]


def sees_personal_data(user: Any) -> bool:
    return bool(user.has_perm(MAY_SEE_PERSONAL_DATA))


def columns_for(user: Any, kind: Kind) -> list[Column]:
    """The columns that the user may see."""
    sees = sees_personal_data(user)
    return [column for column in kind.columns if sees or not column.personal]
