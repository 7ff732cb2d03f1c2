"""Text as people type it, made comparable: one normal form for search, sorting and spelling."""

import re
import unicodedata

_NOT_WORD = re.compile(r"[^a-z0-9]+")
# Unicode categories: combining marks, and format signs such as the right-to-left mark and the soft hyphen.
_VANISHING = frozenset({"Mn", "Me", "Cf"})
# Forms of address and of business that nobody sorts by (product.md habit 17).
_UNSORTED_PREFIX = re.compile(r"^(?:(?:bu|ibu|pak|bapak|hj|haji|h|ud|cv|pt|kub|toko)\s+)+(?=\S)")


def normalise(text: str) -> str:
    """Lower case, no accents, every run of anything else one space: "Otak-Otak  Témpé" -> "otak otak tempe"."""
    decomposed = unicodedata.normalize("NFKD", text)
    # Accents and invisible signs vanish; dashes and quotes of every kind part words like a space.
    visible = "".join(sign for sign in decomposed if unicodedata.category(sign) not in _VANISHING)
    return _NOT_WORD.sub(" ", visible.lower()).strip()


def squeeze(text: str) -> str:
    """The normal form without spaces, so that "Gunung Pati" equals "Gunungpati"."""
    return normalise(text).replace(" ", "")


def sort_key(name: str) -> str:
    """The normal form without leading Bu, Pak, UD, CV and the like; never empty for a name with a letter or digit."""
    return _UNSORTED_PREFIX.sub("", normalise(name))


def join_search_text(name: str, *others: str) -> str:
    """What a row is found by: its name first (ranking looks there), then every other text, each word run once.

    Names of several words are added once more without spaces.
    """
    parts: dict[str, None] = {normalise(name): None}
    for other in others:
        if word := normalise(other):
            parts.setdefault(word)
    for part in list(parts):
        if " " in part:
            parts.setdefault(part.replace(" ", ""))
    return " | ".join(part for part in parts if part)
