"""What the frame keeps, how long, and what a purge takes out of it: wrong passwords with their addresses, sessions, what
became of the worker's tasks (sentra.personal_data.retention, sentra.actions.purging)."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_tasks_db.models import DBTaskResult

from sentra.actions.purging import Goes, Purger
from sentra.actions.purging import register as register_purger
from sentra.consent import Subject
from sentra.personal_data.retention import Term, register
from sentra.personal_data.words import Words

LOGINS_KEPT = timedelta(days=90)
TASKS_KEPT = timedelta(days=30)


def _old_logins(at: datetime) -> list:
    before = at - LOGINS_KEPT
    return [model.objects.filter(attempt_time__lt=before) for model in (AccessAttempt, AccessFailureLog, AccessLog)]


def _old_tasks(at: datetime) -> QuerySet[DBTaskResult]:
    return DBTaskResult.objects.finished().filter(finished_at__lt=at - TASKS_KEPT)


def _telling(words: Words) -> list[DBTaskResult]:
    """Tasks that broke: a database quotes the row that it refused."""
    return [each for each in DBTaskResult.objects.exclude(traceback="") if words.stand_in(each.traceback)]


def _tell(subject: Subject, words: Words) -> Iterator[Goes]:
    yield Goes(gettext("catatan galat pekerjaan latar belakang"), len(_telling(words)))


def _erase(subject: Subject, words: Words) -> None:
    DBTaskResult.objects.filter(pk__in=[each.pk for each in _telling(words)]).update(traceback="")


register_purger(Purger(_tell, _erase))
register(
    Term(
        what=_("Catatan masuk petugas dan salah sandi, dengan alamat jaringannya"),
        how_long=_("90 hari"),
        why=_("Cukup untuk menyelidiki percobaan masuk."),
        over=lambda at: sum(rows.count() for rows in _old_logins(at)),
        end=lambda at: sum(rows.delete()[0] for rows in _old_logins(at)),
    ),
    Term(
        what=_("Sesi masuk yang sudah lewat"),
        how_long=_("sampai habis masa berlakunya"),
        why=_("Tidak ada gunanya lagi."),
        over=lambda at: Session.objects.filter(expire_date__lt=at).count(),
        end=lambda at: Session.objects.filter(expire_date__lt=at).delete()[0],
    ),
    Term(
        what=_("Hasil pekerjaan latar belakang, dengan catatan galatnya"),
        how_long=_("30 hari"),
        why=_("Cukup untuk mencari sebabnya bila sebuah pekerjaan gagal."),
        over=lambda at: _old_tasks(at).count(),
        end=lambda at: _old_tasks(at).delete()[0],
    ),
)
