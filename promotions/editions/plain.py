"""The document as plain values and back: what is stored, compared and hashed. Nothing here knows what a field means."""

import hashlib
import json
import types
from collections.abc import Callable, Iterator
from dataclasses import asdict, fields, is_dataclass
from datetime import date
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

Plain = Any


def to_plain(document: Any) -> dict[str, Plain]:
    """Dicts, lists, texts and numbers only; a day becomes its ISO form."""
    return json.loads(json.dumps(asdict(document), default=_day))


def from_plain(kind: Any, value: Plain) -> Any:
    """The dataclass `kind` from its plain values. A field that was added since takes its default."""
    if value is None:
        return None
    if isinstance(kind, type) and is_dataclass(kind):
        hints = _hints(kind)
        known = {field.name for field in fields(kind)}
        return kind(**{name: from_plain(hints[name], part) for name, part in value.items() if name in known})
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return from_plain(next(part for part in inner if part is not types.NoneType), value)
    if origin is tuple:
        kinds = [inner[0]] * len(value) if inner[-1] is Ellipsis else inner
        return tuple(from_plain(part, item) for part, item in zip(kinds, value, strict=True))
    return date.fromisoformat(value) if kind is date else value


def canonical(content: Plain) -> bytes:
    """One spelling for equal values, whatever database kept them."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def digest(content: Plain) -> str:
    return hashlib.sha256(canonical(content)).hexdigest()


def changed(value: Plain, change: Callable[[dict], dict]) -> Plain:
    """A copy in which every dict went through `change`, the outer before the inner."""
    if isinstance(value, dict):
        return {name: changed(part, change) for name, part in change(value).items()}
    if isinstance(value, list):
        return [changed(part, change) for part in value]
    return value


def dicts(value: Plain) -> Iterator[dict]:
    """Every dict inside, in the order of the document."""
    if isinstance(value, dict):
        yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from dicts(part)


def is_picture(part: dict) -> bool:
    return {"url", "width", "height"} <= part.keys()


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _day(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"not plain: {type(value).__name__}")
