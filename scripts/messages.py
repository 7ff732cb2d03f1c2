"""The English catalogue: extract, merge, compile, check. Needs no GNU gettext.

The texts in code and templates are Indonesian, the site's first language; English is the one translation
(docs/adr/0003-indonesian-msgids.md). Without argument: update locale/en/LC_MESSAGES/django.po and its .mo.
With --check: fail on each text that is untranslated, fuzzy or gone, and on a .mo that is not the .po's.
"""

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
CODE = ("semarang_ikm", "sentra", "products", "promotions")
PO = ROOT / "locale" / "en" / "LC_MESSAGES" / "django.po"
MO = PO.with_suffix(".mo")
# Function -> which arguments are context (c), singular and plural.
KEYWORDS: dict[str, tuple] = {
    "_": (1,),
    "gettext": (1,),
    "gettext_lazy": (1,),
    "gettext_noop": (1,),
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
_CALL = re.compile(
    r"\b(?:npgettext|pgettext|ngettext|gettext|_)\((?:[^()'\"]|'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\")*\)"
)


class PlainCatalog(Catalog):
    """A catalogue without dates and names in its head: the file changes only when a text does."""

    mime_headers = [
        ("Language", "en"),
        ("Plural-Forms", "nplurals=2; plural=(n != 1);"),
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Content-Transfer-Encoding", "8bit"),
    ]


def sources() -> Iterator[tuple[str, str]]:
    """Every file that may hold texts: its path, and Python that calls gettext for them."""
    for package in CODE:
        for path in sorted((ROOT / package).rglob("*.py")):
            if "migrations" not in path.parts:
                yield str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")
    for path in sorted((ROOT / "templates").rglob("*")):
        if path.suffix in {".html", ".txt", ".xml", ".svg"}:
            yield str(path.relative_to(ROOT)), _calls(templatize(path.read_text(encoding="utf-8"), origin=str(path)))


def _calls(templatized: str) -> str:
    """Only the gettext calls of a templatized template, each on its own line: the rest of it is no Python."""
    lines: list[str] = []
    for match in _CALL.finditer(templatized):
        line = templatized.count("\n", 0, match.start())
        lines += [""] * (line - len(lines))
        call = match.group().replace("\n", "\\n")
        if len(lines) > line:
            lines[-1] += f"; {call}"
        else:
            lines.append(call)
    return "\n".join(lines)


def extract() -> Catalog:
    found = Catalog(locale="en", fuzzy=False)
    for path, code in sources():
        options = {"encoding": "utf-8"}
        for line, function, messages, _comments in extract_python(io.BytesIO(code.encode()), KEYWORDS, [], options):
            parts = list(messages) if isinstance(messages, tuple) else [messages]
            shape = KEYWORDS[function]
            context = parts.pop(0) if isinstance(shape[0], tuple) else None
            texts = [part for part in parts[: len(shape) - (context is not None)] if part]
            if texts and texts[0]:
                identity = tuple(texts[:2]) if len(texts) > 1 else texts[0]
                found.add(identity, context=context, locations=[(path, line)])
    return found


def stored() -> Catalog:
    if not PO.exists():
        return Catalog(locale="en")
    with PO.open("rb") as file:
        return read_po(file, locale="en")


def compiled(catalog: Catalog) -> bytes:
    # Through a plain one: a catalogue that was read puts the present minute into its head.
    plain = PlainCatalog(locale="en", fuzzy=False)
    for message in catalog:
        if message.id:
            plain.add(message.id, message.string, context=message.context)
    out = io.BytesIO()
    write_mo(out, plain)
    return out.getvalue()


def update() -> int:
    found, old = extract(), stored()
    merged = PlainCatalog(locale="en", header_comment="# English texts of Sentra Semarang.", fuzzy=False)
    for message in found:
        if message.id:
            known = old.get(message.id if isinstance(message.id, str) else message.id[0], message.context)
            merged.add(
                message.id,
                known.string if known else None,
                context=message.context,
                locations=sorted({(path, 0) for path, _line in message.locations}),
                # A doubt that somebody marked is only lifted by hand.
                flags=["fuzzy"] if known and known.fuzzy else [],
            )
    PO.parent.mkdir(parents=True, exist_ok=True)
    with PO.open("wb") as file:
        write_po(file, merged, width=110, sort_output=True, include_lineno=False, omit_header=False)
    MO.write_bytes(compiled(stored()))
    print(f"{PO.relative_to(ROOT)}: {len(merged)} texts, {len(untranslated(merged))} without English.")
    return 0


def untranslated(catalog: Catalog) -> list:
    def missing(message) -> bool:
        strings = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
        return message.fuzzy or not all(strings)

    return [message for message in catalog if message.id and missing(message)]


def check() -> int:
    found, kept = extract(), stored()
    problems = []
    for message in found:
        if not message.id:
            continue
        key = message.id if isinstance(message.id, str) else message.id[0]
        path, line = message.locations[0]
        if (known := kept.get(key, message.context)) is None:
            problems.append(f"{path}:{line}: not in the catalogue: {key!r}")
        elif known in untranslated(kept):
            problems.append(f"{path}:{line}: no English: {key!r}")
    for message in kept:
        key = message.id if isinstance(message.id, str) else message.id[0]
        if message.id and found.get(key, message.context) is None:
            problems.append(f"{PO.name}: no longer used: {key!r}")
        # A placeholder that the Indonesian text does not have would be an error while a page is made.
        problems += [f"{PO.name}: {error}: {key!r}" for error in message.check(kept)]
    if not MO.exists() or MO.read_bytes() != compiled(kept):
        problems.append("django.mo is not compiled from django.po: run make messages")
    print("\n".join(problems) or "Every text has its English.")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(check() if "--check" in sys.argv[1:] else update())
