"""What promotions, cases and editions hold of a person (sentra.personal_data)."""

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext as _

from promotions.cases.letters import codes_today
from promotions.models import (
    Appearance,
    CaseLetter,
    EditionDocument,
    FacilitationCase,
    FairSelection,
    SelectionDecision,
)
from sentra.choices import PersonalField
from sentra.consent import Subject, relation_to
from sentra.models import Ikm
from sentra.personal_data import access
from sentra.personal_data.access import Section, day


def _sections(subject: Subject) -> Iterator[Section]:
    if isinstance(subject, Ikm):
        yield _appearances(subject)
        yield _letters(subject)
        yield _selections(subject)
    yield _cases(subject)
    yield _editions(subject)


def _appearances(ikm: Ikm) -> Section:
    rows = [
        (day(row.promotion.starts_on), row.promotion.name, row.note or "–")
        for row in Appearance.objects.filter(ikm=ikm).select_related("promotion")
    ]
    return Section(_("Promosi yang diikuti"), (_("Tanggal"), _("Acara"), _("Catatan petugas")), rows)


def _cases(subject: Subject) -> Section:
    """With the agency that was told of it. Other businesses of a case of the sentra are not named."""
    cases = FacilitationCase.objects.filter(**{relation_to(subject): subject}).select_related("partner")
    rows = [
        (
            day(row.opened_on),
            row.title,
            row.description or "–",
            str(row.partner or "–"),
            str(row.get_stage_display()),
            row.outcome or "–",
            "; ".join(step.text for step in row.steps.all()) or "–",
            ", ".join(paper.title for paper in row.documents.all()) or "–",
        )
        for row in cases.prefetch_related("steps", "documents")
    ]
    columns = (
        _("Dibuka"),
        _("Pokok perkara"),
        _("Uraian"),
        _("Mitra"),
        _("Tahap"),
        _("Hasil"),
        _("Langkah"),
        _("Berkas"),
    )
    return Section(_("Fasilitasi"), columns, rows)


def _letters(ikm: Ikm) -> Section:
    """To whom what was handed over about this business."""
    letters = CaseLetter.objects.filter(Q(case__ikm=ikm) | Q(case__children__ikm=ikm)).select_related("case").distinct()
    rows = [
        (
            day(letter.written_on),
            letter.number,
            letter.addressed_to.splitlines()[0],
            "\n".join(_written(ikm, letter)) or "–",
            ", ".join(str(PersonalField(value).label) for value in letter.personal) or "–",
        )
        for letter in letters
        if ikm.code in codes_today(letter)
    ]
    return Section(_("Surat ke mitra"), (_("Tanggal"), _("Nomor"), _("Kepada"), _("Isi"), _("Data pribadi")), rows)


def _written(ikm: Ikm, letter: CaseLetter) -> tuple[str, ...]:
    """A letter for several tells of the others, too: it is not quoted."""
    return (letter.subject, letter.facts, letter.request) if letter.case.ikm_id == ikm.pk else ()


def _selections(ikm: Ikm) -> Section:
    """Accepted selections it stood in, by its code, and what an officer decided about it with which reason."""
    decided = {row.selection_id: row for row in SelectionDecision.objects.filter(ikm=ikm)}
    rows = []
    for selection in FairSelection.objects.select_related("promotion").order_by("promotion__starts_on", "pk"):
        decision = decided.get(selection.pk)
        where = _where(ikm.code, selection)
        withdrawn = selection.withdrawals.filter(ikm=ikm).first()
        if decision or where or withdrawn:
            told = [f"{decision.get_kind_display()}: {decision.reason}"] if decision else []
            told += [_("mundur: %(reason)s") % {"reason": withdrawn.reason}] if withdrawn else []
            words = "; ".join(told) or "–"
            rows.append((day(selection.promotion.starts_on), selection.promotion.name, where or "–", words))
    columns = (_("Tanggal"), _("Acara"), _("Hasil"), _("Keputusan petugas"))
    return Section(_("Seleksi peserta"), columns, rows)


def _where(code: str, selection: FairSelection) -> str:
    """ "" of a selection that was not accepted, or in which it did not stand."""
    for name, words in (("chosen", _("terpilih")), ("others", _("tidak terpilih"))):
        if any(line["code"] == code for line in selection.outcome.get(name, ())):
            return words
    return ""


def _editions(subject: Subject) -> Section:
    """Frozen editions that carry something personal; paper cannot be recalled."""
    rows = [
        (
            row.edition.code,
            row.edition.title,
            row.get_language_display(),
            day(row.edition.published_at),
            str(row.edition.copies_printed or _("belum dicatat")),
        )
        for row in EditionDocument.objects.select_related("edition").order_by("edition__pk", "language")
        if subject.code in row.content["personal"]
    ]
    columns = (_("Kode"), _("Judul"), _("Bahasa"), _("Terbit"), _("Eksemplar tercetak"))
    return Section(_("Edisi katalog yang memuat data pribadi"), columns, rows)


access.register(_sections)
