"""What of a frozen document may still be shown: asked at every request, so that a withdrawal acts on the next one.

The frozen document holds what the print receipts let out on its day. Shown is only what today's receipts still let out
on every channel that the page belongs to. The printed copies cannot be called back; the stored document stays as it is.
"""

from collections.abc import Iterable

from promotions.catalogue.model import NOTHING
from promotions.editions.plain import Plain, changed, to_plain
from semarang_ikm.shared.choices import Channel
from sentra.choices import PersonalField
from sentra.consent import Subject, disclose
from sentra.models import CodeRedirect, Ikm, Sentra

# The web edition shows a document that was made for paper: both must allow it.
ON_SCREEN = (Channel.WEB, Channel.PRINT)
ON_PAPER = (Channel.PRINT,)

# Code and the fields that may no longer be shown of it.
Lost = dict[str, frozenset[str]]


def lost(contents: Iterable[Plain], channels: Iterable[str] = ON_PAPER) -> Lost:
    """What these documents carry and today's receipts no longer let out. A constant number of queries."""
    carried: dict[str, set[str]] = {}
    for content in contents:
        for code, values in content["personal"].items():
            carried.setdefault(code, set()).update(values)
    # What was merged since is asked under the code of the one that stayed; chains are short (sentra.actions.merging).
    merged = dict(CodeRedirect.objects.filter(code__in=carried).values_list("code", "survivor_code"))
    codes = {merged.get(code, code) for code in carried}
    subjects: list[Subject] = [
        *Ikm.objects.published().filter(code__in=codes),
        *Sentra.objects.published().filter(code__in=codes),
    ]
    allowed: dict[str, frozenset[str]] = {}
    for channel in channels if subjects else ():
        for subject, told in disclose(subjects, channel).items():
            allowed[subject.code] = allowed.get(subject.code, told.allowed) & told.allowed
    missing = {
        code: frozenset(fields - allowed.get(merged.get(code, code), frozenset())) for code, fields in carried.items()
    }
    return {code: fields for code, fields in missing.items() if fields}


def masked(content: Plain, missing: Lost) -> Plain:
    """The catalogue of a document without what is lost."""
    if not missing:
        return content["catalogue"]
    values = {
        code: {value for name in fields for value in content["personal"].get(code, {}).get(name, ())}
        for code, fields in missing.items()
    }
    names = {
        name: f"Usaha {code}"
        for code, fields in missing.items()
        if PersonalField.NAME in fields
        for name in content["personal"].get(code, {}).get(PersonalField.NAME, ())
    }
    portraits = {
        product
        for code, fields in missing.items()
        if PersonalField.PORTRAIT in fields
        for product in content["personal"].get(code, {}).get(PersonalField.PORTRAIT, ())
    }

    def change(part: dict) -> dict:
        kept = {name: names.get(value, value) if isinstance(value, str) else value for name, value in part.items()}
        if part.get("code") in portraits and kept.get("picture"):
            kept["picture"] = None
        if gone := values.get(part.get("code", "")):
            if "reach" in part:
                kept["reach"] = [way for way in part["reach"] if way["value"] not in gone]
            if "consented_on" in part and not kept.get("reach"):
                kept["consented_on"] = to_plain(NOTHING)
        return kept

    return changed(content["catalogue"], change)
