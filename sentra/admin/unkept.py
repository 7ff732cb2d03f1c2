"""Fields of which the trail keeps nothing (an officer's notes on a report): the form carries what stood in them.

Django's own hidden first value (`show_hidden_initial`, asked for by RecordAdmin) says what this officer typed; what it no
longer equals was stored by another.
"""

from collections.abc import Iterable

from django import forms
from django.contrib.admin import ModelAdmin
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.timezone import localtime

from semarang_ikm.shared.tracing import declaration_of

FIRST = "initial-"


def names(page: ModelAdmin, data: QueryDict) -> list[str]:
    """The names of such fields in the form that was sent."""
    declared = declaration_of(page.model)
    return [name for name in sorted(declared.leave) if FIRST + name in data] if declared else []


def changed(record: Model, sent: Iterable[str], data: QueryDict) -> list[str]:
    """Those that another stored since."""
    return [name for name in sent if _plain(getattr(record, name)) != _plain(data[FIRST + name])]


def take_over(record: Model, lost: Iterable[str], form: forms.BaseForm, data: QueryDict) -> list[str]:
    """What was left alone becomes what is stored. Returns what both changed."""
    both = []
    for name in lost:
        stored = getattr(record, name)
        if name not in form.changed_data:
            data[name] = stored
        elif _plain(stored) != _plain(form[name].data):
            both.append(name)
        data[FIRST + name] = stored
    return both


def last_saved_by(record: Model) -> str:
    """By the admin's own journal."""
    kind = ContentType.objects.get_for_model(record)
    entries = LogEntry.objects.filter(content_type=kind, object_id=record.pk).select_related("user")
    entry = entries.order_by("-pk").first()
    if entry is None:
        return "–"
    return f"{entry.user.get_full_name() or entry.user} ({date_format(localtime(entry.action_time), 'j F Y, H.i')})"


def _plain(text: object) -> str:
    """Browsers send their own ends of lines."""
    return str(text or "").replace("\r\n", "\n").strip()
