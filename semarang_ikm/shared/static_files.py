"""Static files under names of their content; the patterns that a style draws with travel inside it."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from whitenoise.storage import CompressedManifestStaticFilesStorage

PATTERN = re.compile(r"(?:\.\./)+(patterns/[\w/-]+\.svg)")
# What a quoted data address may carry as it is.
READABLE = " =:/;,()-._~*!$@?[]"


class InliningStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """A page with twelve patterns would fetch twelve files of half a KB: on a slow line each costs a round trip."""

    def url_converter(self, name: str, *arguments: Any, **options: Any) -> Callable[[re.Match], str]:
        link = super().url_converter(name, *arguments, **options)

        def convert(match: re.Match) -> str:
            pattern = PATTERN.fullmatch(match["url"])
            return f'url("{as_data(self._drawing(pattern[1]))}")' if pattern else str(link(match))

        return convert

    def _drawing(self, name: str) -> str:
        with self.open(name) as file:
            return str(file.read().decode())


def as_data(svg: str) -> str:
    """The drawing as an address that holds it, for use between double quotes."""
    drawing = re.sub(r">\s+<", "><", svg.strip()).replace('"', "'")
    return f"data:image/svg+xml,{quote(drawing, safe=READABLE + chr(39))}"
