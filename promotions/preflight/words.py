"""The words of the book: names of areas as the master list spells them, and both languages where both are printed."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from promotions.preflight.findings import Finding, Level
from promotions.preflight.plan import Plan
from promotions.preflight.texts import Text, texts_of, twins_of
from sentra.choices import AreaAliasKind

# After these a word is part of another name: the harbour is Tanjung Emas, the kelurahan Tanjung Mas.
_OTHER_NAMES = r"(?<!jalan )(?<!jl\. )(?<!jl )(?<!gang )(?<!gg\. )(?<!pelabuhan )(?<!pasar )(?<!sungai )(?<!kali )"


def area_names(plan: Plan) -> Iterator[Finding]:
    """A known misspelling blocks; a spelling that others use too is asked about."""
    levels = {AreaAliasKind.MISSPELLING.value: Level.RED, AreaAliasKind.SPELLING.value: Level.AMBER}
    # A spelling of one area may be the right name of another.
    right = {area.name.lower() for area in plan.material.kecamatan} | {
        alias.kelurahan.name.lower() for alias in plan.aliases if alias.kelurahan
    }
    wrong = {
        alias.name.lower(): (levels[alias.kind], alias.area.name)
        for alias in plan.aliases
        if alias.kind in levels and alias.name.lower() not in right
    }
    if not wrong:
        return
    spelt = "|".join(re.escape(name) for name in sorted(wrong, key=len, reverse=True))
    pattern = re.compile(rf"{_OTHER_NAMES}\b(?:{spelt})\b", re.IGNORECASE)
    for text in texts_of(plan):
        for found in dict.fromkeys(pattern.findall(text.words)):
            level, name = wrong[found.lower()]
            yield Finding(
                "area-names",
                level,
                text.code,
                says=_("“%(found)s” di dalam “%(field)s” ditulis “%(name)s” dalam daftar wilayah.")
                % {"found": found, "field": text.label, "name": name},
                do=_("Samakan ejaannya dengan daftar wilayah."),
                facts=(text.field, found),
                mend=text.record,
            )


def both_languages(plan: Plan) -> Iterator[Finding]:
    """Texts that one of the edition's languages would print in the other."""
    lacking: dict[tuple[str, str, int], list[Text]] = {}
    for indonesian, english in twins_of(plan):
        filled = indonesian if indonesian.words else english
        if not filled.words:
            continue
        for language, text in (("id", indonesian), ("en", english)):
            if language in plan.edition.languages and not text.words:
                of = (text.code, text.record._meta.label, text.record.pk)
                lacking.setdefault(of, []).append(text)
    for texts in lacking.values():
        first = texts[0]
        yield Finding(
            "both-languages",
            Level.RED,
            first.code,
            says=_("%(record)s belum punya: %(fields)s.")
            % {"record": first.record, "fields": ", ".join(text.label for text in texts)},
            do=_("Isi terjemahannya; tanpa itu satu bahasa tercetak di buku bahasa yang lain."),
            facts=tuple(text.field for text in texts),
            mend=first.record,
        )
