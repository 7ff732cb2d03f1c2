"""A record in words, in the active language: rules, reasons, and what could not be met."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from promotions.choices import Obstacle
from promotions.fair_selection import ReasonKind, Trait
from promotions.models import FairSelection
from promotions.selecting.record import Line, Missed, Record, RuleLine
from semarang_ikm.shared.bilingual import in_language
from semarang_ikm.shared.templatetags.formats import on_date

# Why somebody is out, as the heading of a group; in the order in which the groups stand.
GROUPS = {
    ReasonKind.OTHERS_WAITED_LONGER: gettext_lazy("Yang terpilih lebih lama menunggu"),
    ReasonKind.LATER_CODE: gettext_lazy("Sama lama menunggu, kode lebih akhir"),
    ReasonKind.PLACE_FOR_A_MINIMUM: gettext_lazy("Tempatnya dipakai memenuhi batas minimum"),
    ReasonKind.GROUP_FULL: gettext_lazy("Batas kelompoknya sudah penuh"),
    ReasonKind.NOT_READY: gettext_lazy("Belum siap tampil"),
    ReasonKind.EXCLUDED: gettext_lazy("Dikecualikan petugas"),
}


def reason(line: Line, record: Record) -> str:
    """Why this business is in or out, as one or two sentences."""
    kind = ReasonKind(line.kind)
    if kind == ReasonKind.PINNED:
        pinned = _("Ditetapkan petugas: %(reason)s") % {"reason": _sentence(line.words[0])}
        if not (lacks := _obstacles(line.words[1:])):
            return pinned
        told = _("Belum memenuhi: %(what)s.") % {"what": lacks}
        return f"{pinned} {told}"
    if kind == ReasonKind.EXCLUDED:
        return _("Dikecualikan petugas: %(reason)s") % {"reason": _sentence(line.words[0])}
    if kind == ReasonKind.NOT_READY:
        return _("Belum siap: %(what)s.") % {"what": _obstacles(line.words)}
    if kind == ReasonKind.NEVER_PROMOTED:
        return _("Belum pernah dipromosikan.")
    if kind == ReasonKind.WAITED_LONGEST:
        return _("Terakhir dipromosikan %(day)s, termasuk yang paling lama menunggu.") % {"day": on_date(line.last)}
    if kind == ReasonKind.LATER_CODE:
        return _("Sama lama menunggu dengan sebagian yang terpilih; kode yang lebih awal didahulukan.")
    if kind == ReasonKind.OTHERS_WAITED_LONGER:
        return _waited(line, record)
    return _bound(kind, line, record)


def _waited(line: Line, record: Record) -> str:
    if record.all_pinned:
        return _("Semua tempat dipakai oleh yang ditetapkan petugas.")
    if line.against is None:
        return _("Semua tempat terisi oleh yang belum pernah dipromosikan.")
    return _("Semua yang terpilih lebih lama menunggu; yang paling baru di antaranya dipromosikan %(day)s.") % {
        "day": on_date(line.against)
    }


def _bound(kind: ReasonKind, line: Line, record: Record) -> str:
    rules = "; ".join(bound(record.rules[place]) for place in line.rules)
    if not rules:
        return _("Tidak ada tempat lagi.")
    if kind == ReasonKind.GROUP_FULL:
        return _("Sudah penuh: %(rules)s.") % {"rules": rules}
    if kind == ReasonKind.PLACE_FOR_A_MINIMUM:
        return _("Tempatnya dipakai untuk batas minimum: %(rules)s.") % {"rules": rules}
    if line.against is None:
        other = _("usaha lain yang belum pernah dipromosikan")
    else:
        other = _("usaha lain yang terakhir dipromosikan %(day)s") % {"day": on_date(line.against)}
    return _("Memenuhi batas minimum: %(rules)s. Tanpa batas itu tempatnya milik %(other)s.") % {
        "rules": rules,
        "other": other,
    }


def _sentence(words: str) -> str:
    """As the officer typed it, closed like a sentence."""
    return words if words[-1:] in ".!?" else f"{words}."


def _obstacles(words: Iterable[str]) -> str:
    return "; ".join(str(Obstacle(word).label) for word in words)


def bound(rule: RuleLine) -> str:
    """ "Kecamatan Tugu paling sedikit 1", "Sentra Batik paling banyak 3"."""
    return f"{_of(rule)} {_span(rule.at_least, rule.at_most)}"


def _span(at_least: int, at_most: int | None) -> str:
    """ "" where there is no bound."""
    bounds = [
        _("paling sedikit %(count)d") % {"count": at_least} if at_least else "",
        _("paling banyak %(count)d") % {"count": at_most} if at_most is not None else "",
    ]
    return ", ".join(filter(None, bounds))


def _of(rule: RuleLine) -> str:
    name = in_language(rule.of, "name")
    if rule.trait == Trait.KECAMATAN:
        return _("Kecamatan %(name)s") % {"name": name}
    if rule.trait == Trait.SENTRA:
        # Many a centre is called "Sentra ..." already.
        return name if name.lower().startswith("sentra") else _("Sentra %(name)s") % {"name": name}
    return name


def rules(record: Record) -> list[str]:
    """The rules as the officer gave them, a sentence each."""
    plan = record.plan
    told = [ngettext("%(count)d tempat.", "%(count)d tempat.", plan.places) % {"count": plan.places}]
    if plan.food_at_most is not None:
        share = _("Pangan paling banyak %(percent)d%% dari tempat, yaitu %(count)d.")
        told.append(share % {"percent": plan.food_at_most_percent, "count": plan.food_at_most})
    for label, bounds in ((_("Setiap kecamatan"), plan.each_kecamatan), (_("Setiap sentra"), plan.each_sentra)):
        if span := _span(*bounds):
            told.append(f"{label} {span}.")
    told += [f"{bound(rule)}." for rule in record.rules[: plan.special]]
    if plan.types:
        names = ", ".join(in_language(kind, "name") for kind in plan.types)
        told.append(_("Hanya jenis produk: %(names)s.") % {"names": names})
    if plan.conditions:
        labels = "; ".join(str(FairSelection._meta.get_field(name).verbose_name) for name in plan.conditions)
        told.append(_("Siap tampil berarti: %(what)s.") % {"what": labels})
    return told


def unmet(record: Record) -> list[str]:
    """What could not be kept, and by how much; the same bound of several kecamatan or sentra in one sentence."""
    told = []
    if record.pinned_beyond_places:
        beyond = ngettext(
            "Yang ditetapkan petugas melebihi jumlah tempat: lebih %(count)d.",
            "Yang ditetapkan petugas melebihi jumlah tempat: lebih %(count)d.",
            record.pinned_beyond_places,
        )
        told.append(beyond % {"count": record.pinned_beyond_places})
    told += list(_missed(record))
    if record.empty_places:
        empty = ngettext(
            "%(count)d tempat tidak terisi: tidak ada lagi usaha siap tampil yang dibolehkan aturan.",
            "%(count)d tempat tidak terisi: tidak ada lagi usaha siap tampil yang dibolehkan aturan.",
            record.empty_places,
        )
        told.append(empty % {"count": record.empty_places})
    return told


def _missed(record: Record) -> Iterator[str]:
    def alike(found: Missed) -> tuple:
        rule = record.rules[found.rule]
        return (rule.trait, rule.at_least, -1 if rule.at_most is None else rule.at_most, found.missing, found.surplus)

    for (_trait, at_least, at_most, missing, surplus), group in groupby(sorted(record.missed, key=alike), key=alike):
        names = ", ".join(_of(record.rules[found.rule]) for found in group)
        if missing:
            text = _("%(names)s: paling sedikit %(bound)d, kurang %(count)d.")
            yield text % {"names": names, "bound": at_least, "count": missing}
        if surplus:
            text = _("%(names)s: paling banyak %(bound)d, lebih %(count)d karena ditetapkan petugas.")
            yield text % {"names": names, "bound": at_most, "count": surplus}
