"""What is written beside the records of a person: requests for review, lines of the admin's log, reasons of changes, and
what the trail keeps of every text and of deleted rows.

None of it says by a relation whose it is. It is found from the records: those there are and those that were.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext, gettext_noop, override

from semarang_ikm.shared.tracing import label_of, traced_models
from sentra.choices import ChangeAction, ChangeKind
from sentra.consent import Subject, relation_to
from sentra.history.redaction import forget_reasons, forget_texts
from sentra.models import Change, ChangeSet, CodeRedirect, Ikm, Review, UndoWork
from sentra.personal_data.words import Words

# Stands where a text was that a row cannot do without.
NOBODY = "–"
PURGED = gettext_noop("Data pribadi dihapus: %(why)s")
# {"products.product": {3, 8}}: rows by the label of their model.
Rows = dict[str, set[int]]


@dataclass(frozen=True)
class Beside:
    """A subject's rows, and what stands beside them."""

    subject: Subject
    rows: Rows

    @property
    def requests(self) -> QuerySet[Review]:
        return Review.objects.filter(self._generic()).exclude(wish__in=["", NOBODY], answer__in=["", NOBODY])

    @property
    def log_lines(self) -> QuerySet[LogEntry]:
        """Those that tell that data were purged stay: they are the proof of it."""
        told = Q(pk__in=())
        for language, _name in settings.LANGUAGES:
            with override(language):
                told |= Q(change_message__startswith=gettext(PURGED) % {"why": ""})
        return LogEntry.objects.filter(self._generic()).exclude(told).exclude(change_message="")

    @property
    def changes(self) -> QuerySet[Change]:
        mine = Q(pk__in=())
        for label, keys in self.rows.items():
            mine |= Q(model=label, object_id__in=keys)
        return Change.objects.filter(mine)

    def reasons(self, words: Words | None = None) -> QuerySet[ChangeSet]:
        """Why these rows were changed. The reason of an import is the program's and tells of many: it is about this
        person only where it names them by these words."""
        touched = ChangeSet.objects.filter(pk__in=self.changes.order_by().values("change_set")).exclude(why="")
        imports = touched.filter(kind=ChangeKind.IMPORT).values_list("pk", "why")
        naming = [key for key, why in imports if words is not None and words.stand_in(why)]
        return touched.filter(~Q(kind=ChangeKind.IMPORT) | Q(pk__in=naming))

    def forget(self, words: Words) -> None:
        self.requests.filter(~Q(wish="")).update(wish=NOBODY)
        Review.objects.filter(self._generic()).exclude(answer="").update(answer=NOBODY)
        self.log_lines.update(change_message="", object_repr=self.subject.code)
        reasons = list(self.reasons(words).values_list("pk", flat=True))
        UndoWork.objects.filter(change_set__in=reasons).update(why="")
        _forget_what_was_left(self.rows)
        forget_reasons(reasons)
        forget_texts(self.changes)

    def _generic(self) -> Q:
        """The rows by content type, as requests and the log name them."""
        found = Q(pk__in=())
        for label, keys in self.rows.items():
            kind = ContentType.objects.get_by_natural_key(*label.split("."))
            found |= Q(content_type=kind, object_id__in=keys)
        return found


def beside(subject: Subject) -> Beside:
    """The subject, what was merged into it, every row that belongs to them, and the rows on those rows' pages."""
    rows: Rows = defaultdict(set)
    label = label_of(type(subject))
    rows[label] |= {subject.pk, *_merged(subject)}
    for model, field in _belonging(type(subject), relation_to(subject)):
        there = model._base_manager.filter(**{f"{field}__in": rows[label]}).values_list("pk", flat=True)
        gone = _deleted(label_of(model)).filter(**{f"fields__{field}__0__in": list(rows[label])})
        rows[label_of(model)] |= {*there, *gone.values_list("object_id", flat=True)}
    for owner, keys in list(rows.items()):
        on_page = Change.objects.filter(
            Q(owner_model=owner, owner_id__in=keys) | Q(root_model=owner, root_id__in=keys)
        ).order_by()
        for model_label, key in on_page.values_list("model", "object_id").distinct():
            rows[model_label].add(key)
    return Beside(subject, dict(rows))


def merged_codes(subject: Subject) -> list[str]:
    """Codes that lead to this subject."""
    return list(CodeRedirect.objects.filter(survivor_code=subject.code).values_list("code", flat=True))


def _merged(subject: Subject) -> Iterable[int]:
    gone = _deleted(label_of(type(subject))).filter(fields__code__0__in=merged_codes(subject))
    return gone.values_list("object_id", flat=True)


def _belonging(subject: type[models.Model], relation: str) -> Iterator[tuple[type[models.Model], str]]:
    """Traced models with a relation of the subject's name. A member of a sentra is a subject of its own."""
    for model, declared in traced_models().items():
        field = declared.fields.get(relation)
        if isinstance(field, models.ForeignKey) and field.related_model is subject and model is not Ikm:
            yield model, relation


def _deleted(label: str) -> QuerySet[Change]:
    return Change.objects.filter(model=label, action=ChangeAction.DELETE).order_by()


def _forget_what_was_left(rows: Rows) -> None:
    """Why a row was left as it was by an undoing may quote what stands in it."""
    for work in UndoWork.objects.exclude(left=[]):
        left = [[*each[:3], NOBODY] if each[1] in rows.get(each[0], ()) else each for each in work.left]
        if left != work.left:
            UndoWork.objects.filter(pk=work.pk).update(left=left)
