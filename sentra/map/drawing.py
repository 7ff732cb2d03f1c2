"""A finished drawing of the city: one path per kecamatan, in units of sentra.map.projection."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from django.conf import settings

# What `draw_map` writes.
SCHEMATIC_FILE = settings.BASE_DIR / "fixtures" / "map.json"


class Box(NamedTuple):
    """The part of the plane that a drawing fills, with a margin for its borders."""

    left: int
    top: int
    width: int
    height: int

    def __str__(self) -> str:
        """As the viewBox of an SVG."""
        return " ".join(map(str, self))


@dataclass(frozen=True)
class Shape:
    """One area: its path (whole numbers), and the middle of its label."""

    path: str
    label_x: int
    label_y: int


@dataclass(frozen=True)
class Drawing:
    """Shapes by area code."""

    shapes: Mapping[str, Shape]
    box: Box


def short_name(name: str) -> str:
    """What stands on the map of Semarang for "Semarang Barat": "Barat"."""
    return name.removeprefix("Semarang ")


def to_json(drawing: Drawing, recipe: str) -> str:
    """The drawing as a file that people can compare: one line per area."""
    lines = [
        f"    {json.dumps(code)}: {json.dumps({'label': [shape.label_x, shape.label_y], 'path': shape.path})}"
        for code, shape in drawing.shapes.items()
    ]
    shapes = ",\n".join(lines)
    return f'{{\n  "recipe": {json.dumps(recipe)},\n  "box": {list(drawing.box)},\n  "shapes": {{\n{shapes}\n  }}\n}}\n'


def from_json(text: str) -> Drawing:
    read: dict[str, Any] = json.loads(text)
    shapes = {code: Shape(shape["path"], *shape["label"]) for code, shape in read["shapes"].items()}
    return Drawing(shapes, Box(*read["box"]))


@cache
def schematic() -> Drawing:
    """The shipped drawing."""
    return from_json(SCHEMATIC_FILE.read_text(encoding="utf-8"))
