"""Words that are no names but filters: "halal", "P-IRT", "ekspor". They lead to the list that knows them."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from products.models import CertificateKind
from semarang_ikm.shared.text import squeeze
from sentra.search import Query, Term

EXPORT_WORDS = frozenset({"ekspor", "export", "siapekspor", "exportready"})


@dataclass(frozen=True)
class Narrowing:
    """The list of products with the filters that were meant, and the other words of the search."""

    label: str
    url: str


def narrowing(query: Query) -> Narrowing | None:
    """What the search means as filters, or None when it names none. One query."""
    slugs = {form: kind for kind in CertificateKind.objects.all() for form in (squeeze(kind.slug), squeeze(kind.name))}
    pairs: list[tuple[str, str]] = []
    labels: list[str] = []
    rest: list[str] = []
    for term in query.terms:
        kind = next((slugs[form] for form in _forms(term) if form in slugs), None)
        if kind is not None:
            pairs.append(("sertifikat", kind.slug))
            labels.append(_("bersertifikat %(kind)s") % {"kind": kind.name})
        elif EXPORT_WORDS.intersection(_forms(term)):
            pairs.append(("ekspor", "1"))
            labels.append(_("siap ekspor"))
        elif not term.is_glue:
            rest.append(term.typed)
    if not pairs:
        return None
    words = [("q", " ".join(rest))] if rest else []
    label = _("Produk %(filters)s") % {"filters": ", ".join(dict.fromkeys(labels))}
    return Narrowing(
        label=f"{label}: “{' '.join(rest)}”" if rest else label,
        url=f"{reverse('product_list')}?{urlencode([*words, *dict.fromkeys(pairs)])}",
    )


def _forms(term: Term) -> Iterator[str]:
    yield squeeze(term.typed)
    yield from (squeeze(meaning) for meaning in term.meanings)
