"""Terms of what the frame keeps: wrong passwords with their addresses, sessions (sentra.personal_data.retention)."""

from datetime import datetime, timedelta

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.sessions.models import Session
from django.utils.translation import gettext_lazy as _

from sentra.personal_data.retention import Term, register

LOGINS_KEPT = timedelta(days=90)


def _old_logins(at: datetime) -> list:
    before = at - LOGINS_KEPT
    return [model.objects.filter(attempt_time__lt=before) for model in (AccessAttempt, AccessFailureLog, AccessLog)]


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
)
