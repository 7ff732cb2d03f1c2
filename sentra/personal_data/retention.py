"""How long what is kept, why, and what is over today: one table, read on a page and carried out once a day.

No rule of law names these terms (UU 27/2022 articles 42 to 44 say: until the purpose is served); they are ours.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from semarang_ikm.shared.files import own_files, remove_after_commit
from sentra.actions.purging import NOBODY
from sentra.actions.reports import erase_due
from sentra.history.redaction import forget_deleted, over, redact
from sentra.models import Consent, ConsentScope, Contact, DataReport

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

PROOF_KEPT = timedelta(days=730)
UNCOVERED_KEPT = timedelta(days=730)


@dataclass(frozen=True)
class Term:
    """One line of the table. `over(at)` counts what is due, `end(at)` ends it; no `end`: an officer decides each."""

    what: "StrOrPromise"
    how_long: "StrOrPromise"
    why: "StrOrPromise"
    over: Callable[[datetime], int]
    end: Callable[[datetime], int] | None = None
    # The admin list of what is due, where an officer decides.
    where: str = ""


_terms: list[Term] = []


def register(*terms: Term) -> None:
    """Upper rooms add what they keep."""
    _terms.extend(terms)


def terms() -> tuple[Term, ...]:
    return tuple(_terms)


def end_what_is_over(at: datetime | None = None) -> dict[str, int]:
    """Carry out every term that ends by itself. Returns how many things ended, by the words of the line."""
    at = at or timezone.now()
    return {str(term.what): term.end(at) for term in _terms if term.end is not None}


def spent_receipts(at: datetime) -> QuerySet[Consent]:
    """Receipts of which nothing is given any more, for longer than proof is needed, and that still name somebody."""
    last_day = timezone.localdate(at - PROOF_KEPT)
    kept = ConsentScope.objects.filter(consent=OuterRef("pk")).filter(
        Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=last_day)
    )
    return Consent.objects.filter(~Exists(kept), scopes__isnull=False).exclude(person=NOBODY).distinct()


def uncovered_contacts(at: datetime) -> QuerySet[Contact]:
    """Contacts untouched for long that no receipt ever covered: perhaps still of use to the office, perhaps not."""
    mine = Q(consent__ikm=OuterRef("ikm")) | Q(consent__sentra=OuterRef("sentra"))
    covered = ConsentScope.objects.filter(mine, field=OuterRef("kind"))
    return Contact.objects.filter(~Exists(covered), updated_at__lt=at - UNCOVERED_KEPT)


def _forget_receipts(at: datetime) -> int:
    """The receipt stays as a fact of that day; who gave it and the proof go."""
    rows = list(spent_receipts(at))
    files = [file for row in rows for file in own_files(row)]
    Consent.objects.filter(pk__in=[row.pk for row in rows]).update(person=NOBODY, note="", evidence="")
    remove_after_commit(files, for_good=True)
    for row in rows:
        redact(record=row)
    return len(rows)


register(
    Term(
        what=_("Isi dan kontak dalam laporan masyarakat"),
        how_long=_("90 hari sesudah laporan ditutup, paling lama 12 bulan"),
        why=_("Dijanjikan di halaman Privasi; sesudah itu tidak diperlukan lagi."),
        over=lambda at: DataReport.objects.due_for_erasure(at).count(),
        end=lambda at: erase_due(at=at),
    ),
    Term(
        what=_("Nama pemberi persetujuan dan berkas buktinya"),
        how_long=_("24 bulan sesudah semua cakupannya ditarik"),
        why=_("Selama itu dinas masih mungkin diminta menunjukkan bahwa penampilannya dulu sah."),
        over=lambda at: spent_receipts(at).count(),
        end=_forget_receipts,
    ),
    Term(
        what=_("Isi data yang dihapus, dan berkas yang diganti"),
        how_long=_("30 hari"),
        why=_("Selama itu yang terhapus karena keliru masih dapat dikembalikan."),
        over=lambda at: over(at).count(),
        end=forget_deleted,
    ),
    Term(
        what=_("Kontak yang belum pernah tercakup persetujuan"),
        how_long=_("24 bulan sejak terakhir diubah, lalu ditinjau petugas"),
        why=_("Kontak itu hanya untuk pembinaan; hapus bila usahanya tidak lagi dibina."),
        over=lambda at: uncovered_contacts(at).count(),
        where="?tinjau=1",
    ),
)
