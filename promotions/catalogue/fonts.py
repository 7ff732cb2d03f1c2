"""The fonts that the catalogue is set in, of those installed on this machine."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from semarang_ikm.shared.fonts import FOLDERS, files_in

# Per family that book.css names: what it was designed with, then what may stand in for it.
# Names are file names without ending: regular, italic, bold. Nothing is set in bold serif.
FACES = {
    "Katalog Serif": (
        ("NotoSerifDisplay-Regular", "NotoSerifDisplay-Italic"),
        ("Vollkorn-Regular", "Vollkorn-Italic"),
        ("NotoSerif-Regular", "NotoSerif-Italic"),
        ("GentiumPlus-Regular", "GentiumPlus-Italic"),
        ("LiberationSerif-Regular", "LiberationSerif-Italic"),
        ("DejaVuSerif", "DejaVuSerif-Italic"),
    ),
    "Katalog Sans": (
        ("NotoSans-Regular", "NotoSans-Italic", "NotoSans-Bold"),
        ("SourceSans3-Regular", "SourceSans3-It", "SourceSans3-Bold"),
        ("LiberationSans-Regular", "LiberationSans-Italic", "LiberationSans-Bold"),
        ("DejaVuSans", "DejaVuSans-Oblique", "DejaVuSans-Bold"),
    ),
}
_STYLES = (("normal", 400), ("italic", 400), ("normal", 700))


@dataclass(frozen=True)
class Face:
    """One font file and the place it takes in the style sheet."""

    family: str
    style: str
    weight: int
    path: Path

    @property
    def name(self) -> str:
        """As a PDF names it: "Katalog Sans Bold"."""
        return " ".join([self.family] + ["Bold"] * (self.weight == 700) + ["Italic"] * (self.style == "italic"))


@dataclass(frozen=True)
class Typefaces:
    """What was found. `as_designed`: both families are the ones the catalogue was drawn with."""

    faces: tuple[Face, ...]
    as_designed: bool

    def by_name(self, name: str) -> Path | None:
        return next((face.path for face in self.faces if face.path.name == name), None)

    def stylesheet(self, base: str) -> str:
        """The @font-face rules, with addresses under `base` that the PDF's fetcher understands."""
        return "\n".join(
            f'@font-face {{ font-family: "{face.family}"; font-style: {face.style}; '
            f'font-weight: {face.weight}; src: url("{base}{face.path.name}"); }}'
            for face in self.faces
        )


@lru_cache(maxsize=1)
def installed() -> Typefaces:
    """Looked up once per process."""
    return find(FOLDERS)


def find(folders: Iterable[Path]) -> Typefaces:
    files = files_in(folders)
    faces: list[Face] = []
    as_designed = True
    for family, choices in FACES.items():
        position = next((place for place, names in enumerate(choices) if names[0] in files), None)
        as_designed = as_designed and position == 0
        if position is not None:
            faces += [
                Face(family, style, weight, files[name])
                for name, (style, weight) in zip(choices[position], _STYLES, strict=False)
                if name in files
            ]
    return Typefaces(tuple(faces), as_designed)
