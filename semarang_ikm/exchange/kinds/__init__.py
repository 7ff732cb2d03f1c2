"""What can be imported and exported. A kind declares its columns and how its rows are recognised and written."""

from semarang_ikm.exchange.choices import KindName
from semarang_ikm.exchange.kinds.base import Kind
from semarang_ikm.exchange.kinds.ikm import IkmKind

KINDS: dict[str, Kind] = {kind.name: kind for kind in (IkmKind(),)}

__all__ = ["KINDS", "Kind", "KindName"]
