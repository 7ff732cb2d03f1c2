"""The words this city uses for the same thing, and for the same place, ready for look-up."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from semarang_ikm.shared.text import normalise
from sentra.choices import AreaAliasKind, VariantKind
from sentra.data_version import kept
from sentra.models import AreaAlias, Kecamatan, Kelurahan, SearchVariant

# Words that are true of everything here, or only glue a question together. They never make a search fail.
_GLUE = """
    ada and any asli atau beli beserta buat cari daerah daftar dan dari dekat dekatnya dengan desa di dijual harga
    ikm in industri info jalan jl jual jualan kab kampoeng kampung ke kec kecamatan kel kelompok kelurahan kota
    lokasi mana me membeli mencari murah near of or pada pembuat pengrajin penjual perajin produk produksi pusat
    saya sekitar semarang sentra smg tempat terdekat the to toko ukm umkm untuk usaha where yang
"""
EVERYWHERE = frozenset(_GLUE.split())
EVERYWHERE_PHRASES = frozenset({"grosir", "produk unggulan"})
LONGEST_PHRASE = 5
# Words of up to four letters that mean something here are found as whole words: "jamu" is not the start of "jamur".
SHORT = 4

# normalise() is pure; the same few hundred names come back with every search.
_normal = lru_cache(maxsize=4096)(normalise)


def is_everywhere(phrase: str) -> bool:
    """Whether a normalised phrase says nothing that could narrow a search."""
    return phrase in EVERYWHERE_PHRASES or all(word in EVERYWHERE for word in phrase.split())


@dataclass
class Entry:
    """One phrase people type: how it is written, and what else it stands for."""

    spellings: dict[str, None] = field(default_factory=dict)
    meanings: dict[str, None] = field(default_factory=dict)
    # Names that together mean an area; whether the phrase is the area's name, rather than a place inside it.
    places: dict[tuple[str, ...], bool] = field(default_factory=dict)


@dataclass
class Lexicon:
    """Phrases by their squeezed form, so that spaces and hyphens make no difference."""

    entries: dict[str, Entry] = field(default_factory=dict)
    short_words: set[str] = field(default_factory=set)
    # Wrong spellings that are recorded as such, with the right one: understood, never suggested.
    misspelt: dict[str, str] = field(default_factory=dict)

    def entry(self, phrase: str) -> Entry:
        found = self.entries.setdefault(phrase.replace(" ", ""), Entry())
        found.spellings.setdefault(phrase)
        return found

    def knows(self, phrase: str) -> Entry | None:
        return self.entries.get(phrase.replace(" ", ""))

    def words(self) -> set[str]:
        """Every single word of every phrase and meaning."""
        phrases = [
            phrase
            for entry in self.entries.values()
            for phrase in (*entry.spellings, *entry.meanings, *(name for place in entry.places for name in place))
        ]
        return {word for phrase in phrases for word in phrase.split()}


@kept
def load_lexicon() -> Lexicon:
    """Read all variants, area names and aliases: four short queries, whatever was typed, and kept while they stand."""
    lexicon = Lexicon()
    for variant, canonical, kind in SearchVariant.objects.values_list("variant", "canonical", "kind"):
        phrase, meaning = _normal(variant), _normal(canonical)
        if phrase and meaning:
            lexicon.entry(phrase).meanings.setdefault(meaning)
            lexicon.short_words.update(_short((phrase, meaning)))
            if kind == VariantKind.MISSPELLING:
                lexicon.misspelt[phrase] = meaning
    for model in (Kecamatan, Kelurahan):
        for name in model.objects.values_list("name", flat=True):
            _add_place(lexicon, name, (name,))
    aliases = AreaAlias.objects.values_list(
        "name", "kind", "kecamatan__name", "kelurahan__name", "kelurahan__kecamatan__name"
    )
    for name, kind, kecamatan, kelurahan, its_kecamatan in aliases:
        # An alias that tells two areas of one name apart would be undone by the name alone.
        twins = kind == AreaAliasKind.DISTINGUISHING and kelurahan
        names = (kelurahan, its_kecamatan) if twins else (kecamatan or kelurahan,)
        _add_place(lexicon, name, names, is_name=kind != AreaAliasKind.PLACE)
        if kind == AreaAliasKind.MISSPELLING:
            lexicon.misspelt[_normal(name)] = _normal(names[0])
    return lexicon


def _add_place(lexicon: Lexicon, typed: str, names: Iterable[str], *, is_name: bool = True) -> None:
    phrase, place = _normal(typed), tuple(_normal(name) for name in names)
    if phrase and all(place):
        places = lexicon.entry(phrase).places
        places[place] = is_name or places.get(place, False)
        lexicon.short_words.update(_short((phrase, *place)))


def _short(phrases: Iterable[str]) -> list[str]:
    return [phrase for phrase in phrases if len(phrase) <= SHORT and " " not in phrase]
