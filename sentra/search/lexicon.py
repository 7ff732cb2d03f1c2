"""The words this city uses for the same thing, and for the same place, ready for look-up."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from semarang_ikm.shared.text import normalise
from sentra.choices import AreaAliasKind
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
    """One phrase people type: how it is written, and what else it stands for (phrases, places as whole names)."""

    spellings: dict[str, None] = field(default_factory=dict)
    meanings: dict[str, None] = field(default_factory=dict)
    places: dict[tuple[str, ...], None] = field(default_factory=dict)


@dataclass
class Lexicon:
    """Phrases by their squeezed form, so that spaces and hyphens make no difference."""

    entries: dict[str, Entry] = field(default_factory=dict)
    short_words: set[str] = field(default_factory=set)

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


def load_lexicon() -> Lexicon:
    """Read all variants, area names and aliases: four short queries, whatever was typed."""
    lexicon = Lexicon()
    for variant, canonical in SearchVariant.objects.values_list("variant", "canonical"):
        if _normal(variant) and _normal(canonical):
            lexicon.entry(_normal(variant)).meanings.setdefault(_normal(canonical))
            lexicon.short_words.update(_short((_normal(variant), _normal(canonical))))
    for name in Kecamatan.objects.values_list("name", flat=True):
        _add_place(lexicon, name, (name,))
    for name in Kelurahan.objects.values_list("name", flat=True):
        _add_place(lexicon, name, (name,))
    aliases = AreaAlias.objects.values_list(
        "name", "kind", "kecamatan__name", "kelurahan__name", "kelurahan__kecamatan__name"
    )
    for name, kind, kecamatan, kelurahan, its_kecamatan in aliases:
        if kecamatan:
            _add_place(lexicon, name, (kecamatan,))
        elif kind == AreaAliasKind.DISTINGUISHING:
            # The alias tells two areas of one name apart, so the name alone would undo it.
            _add_place(lexicon, name, (kelurahan, its_kecamatan))
        else:
            _add_place(lexicon, name, (kelurahan,))
    return lexicon


def _add_place(lexicon: Lexicon, typed: str, names: Iterable[str]) -> None:
    phrase, place = _normal(typed), tuple(_normal(name) for name in names)
    if phrase and all(place):
        lexicon.entry(phrase).places.setdefault(place)
        lexicon.short_words.update(_short((phrase, *place)))


def _short(phrases: Iterable[str]) -> list[str]:
    return [phrase for phrase in phrases if len(phrase) <= SHORT and " " not in phrase]
