"""What a report is about: a record by its permanent code, a kelurahan, or the site as a whole."""

from dataclasses import dataclass
from typing import Any

from semarang_ikm.shared.bilingual import in_language
from semarang_ikm.views.pages import public_rows
from sentra.addresses import by_code
from sentra.codes import format_code, parse_code, was_issued
from sentra.consent import disclose_one
from sentra.models import Ikm, Kelurahan

# Longer than any code; what is longer is cut where it is repeated to its writer.
CODE_LENGTH = 20


@dataclass(frozen=True)
class Subject:
    """`code` is "" unless it was issued and was ever public; `record` is None unless it is public now."""

    code: str = ""
    record: Any = None
    name: str = ""
    kelurahan: Kelurahan | None = None
    # What was typed as a code and is none.
    unknown: str = ""


def subject_of(code: str = "", kelurahan: str = "") -> Subject:
    """The subject that these two parts of an address name. Whatever leads nowhere is told, never refused."""
    code = code.strip()
    if code:
        return _of_code(code) or Subject(unknown=code[:CODE_LENGTH])
    return Subject(kelurahan=Kelurahan.objects.select_related("kecamatan").filter(slug=kelurahan).first())


def _of_code(typed: str) -> Subject | None:
    parsed = parse_code(typed)
    visible = public_rows(parsed[0]) if parsed and was_issued(*parsed) else None
    if parsed is None or visible is None:
        return None
    found = by_code(visible, format_code(*parsed))
    if found.now_at is not None:
        return Subject(code=found.now_at.code, record=found.now_at, name=_public_name(found.now_at))
    return Subject(code=format_code(*parsed)) if found.is_gone else None


def _public_name(record: Any) -> str:
    """A business's name leaves through the consent gate only."""
    return disclose_one(record).name if isinstance(record, Ikm) else in_language(record, "name")
