"""Two editors of one record: by the trail, what was stored since a form was opened (semarang_ikm.shared.admin.together)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from semarang_ikm.shared.admin import together
from semarang_ikm.shared.admin.once import stored_by
from semarang_ikm.shared.admin.scope import areas_of
from semarang_ikm.shared.admin.together import VERSION, GoOn, typed_mark
from semarang_ikm.shared.tracing import declaration_of, label_of
from sentra.admin import unkept
from sentra.admin.history import address
from sentra.admin.rebasing import Clash, Rebase, as_it_was
from sentra.admin.trail import hides_from
from sentra.history import changes_of
from sentra.history.effects import effects_of
from sentra.history.wording import Shown, in_words
from sentra.models import Change, ChangeSet

# A colleague who saved so lately may still be at it.
JUST_NOW = timedelta(minutes=10)


@dataclass(frozen=True)
class Meeting:
    """For the template: who stored what since the form was opened, and what both changed."""

    who: list[str]
    clashes: list[Clash]
    # Names of what the other alone changed: it stays.
    taken: list[str]
    files: list[str]
    history_url: str


class TrailGuard:
    def change(self, page: ModelAdmin, request: HttpRequest, object_id: str, go_on: GoOn) -> HttpResponse:
        key = _key(page.model, object_id)
        if key is None:
            return go_on({})
        if request.method != "POST":
            return go_on(_opened(request, page.model(pk=key)))
        with transaction.atomic():
            hold(page.model, key)
            return _sent(page, request, page.model(pk=key), go_on)

    def mark(self) -> int:
        return Change.objects.aggregate(last=Max("pk"))["last"] or 0

    def touched_since(self, records: list[models.Model], mark: int, by: Any, names: frozenset[str]) -> dict[Any, str]:
        label, keys = label_of(type(records[0])), [record.pk for record in records]
        since = Change.objects.filter(pk__gt=mark).exclude(change_set__who=by.pk).select_related("change_set")
        if names:
            own = since.filter(model=label, object_id__in=keys)
            lines = [(each.object_id, each) for each in own if names & each.fields.keys()]
        else:
            lines = [(each.root_id, each) for each in since.filter(root_model=label, root_id__in=keys)]
        return {key: _named(each.change_set) for key, each in lines}


def hold(model: type[models.Model], key: Any) -> None:
    """The record, and the one on whose page it is seen, until the commit: two forms of one page follow each other."""
    declared = declaration_of(model)
    owners = declared.owners if declared else {}
    line = model._base_manager.filter(pk=key).values(*owners).first() if owners else None
    for attname, owner in owners.items():
        if line and line[attname]:
            owner._base_manager.select_for_update().filter(pk=line[attname]).values_list("pk").first()
    model._base_manager.select_for_update().filter(pk=key).values_list("pk").first()


def _key(model: type[models.Model], object_id: str) -> Any:
    try:
        return model._meta.pk.to_python(object_id)
    except ValidationError:
        return None


def _opened(request: HttpRequest, record: models.Model) -> dict[str, Any]:
    """Asked before the record is read: what is stored in between counts as later."""
    last = changes_of(record).select_related("change_set").first()
    told = {"version": {"name": VERSION, "value": last.pk if last else 0}}
    if (
        last
        and last.change_set.who_id not in (None, request.user.pk)
        and timezone.now() - last.change_set.at < JUST_NOW
    ):
        told["just_saved"] = last.change_set
    return told


def _sent(page: ModelAdmin, request: HttpRequest, record: models.Model, go_on: GoOn) -> HttpResponse:
    seen = typed_mark(request.POST.get(VERSION, ""))
    if seen is None:
        return go_on({})
    since = list(changes_of(record).filter(pk__gt=seen).select_related("change_set"))
    names = unkept.names(page, request.POST)
    told = {"version": {"name": VERSION, "value": since[0].pk if since else seen}}
    if not since and not names:
        return go_on(told)
    stored = page.get_object(request, str(record.pk))
    if stored is None or not page.has_change_permission(request, stored):
        # Whether a record that is gone lay in an officer's area, nobody can say any more.
        seen_before = stored is not None or not areas_of(request)
        late = since and seen_before and page.has_change_permission(request)
        return _too_late(page, request, stored, since) if late else go_on({})
    if not since and not unkept.changed(stored, names, request.POST):
        return go_on(told)
    return _met(page, request, go_on, told, _meet(page, request, stored, since))


def _met(page: ModelAdmin, request: HttpRequest, go_on: GoOn, told: dict[str, Any], meeting: Meeting) -> HttpResponse:
    if meeting.clashes:
        together.ask(request)
    response = go_on({**told, "meeting": meeting})
    if stored_by(request) is not None and meeting.taken:
        text = _("%(who)s juga menyimpan data ini sementara Anda menyuntingnya. Yang diubahnya tetap: %(what)s.")
        words = {"who": "; ".join(meeting.who), "what": ", ".join(meeting.taken)}
        page.message_user(request, text % words, messages.INFO)
    return response


def _meet(page: ModelAdmin, request: HttpRequest, stored: models.Model, since: Sequence[Change]) -> Meeting:
    sets = {change.change_set_id: change.change_set for change in since}
    by_others = any(each.who_id != request.user.pk for each in sets.values())
    if page.merges:
        rebase = Rebase(page, request, stored, effects_of(since), by_others).run()
        clashes, taken = rebase.clashes, rebase.taken()
    else:
        rows = in_words(effects_of(since), hides_from(request))
        below = Shown(_("lihat isian di bawah"))
        clashes, taken = [Clash(each.label, each.after, below) for row in rows for each in row.fields], []
    return Meeting(
        who=[_saved_by(request, each) for each in list(sets.values())[:3]] or [unkept.last_saved_by(stored)],
        clashes=clashes,
        taken=taken,
        files=[file.name for _name, file in request.FILES.items()],
        history_url=address(stored, "history"),
    )


def _too_late(
    page: ModelAdmin, request: HttpRequest, stored: models.Model | None, since: Sequence[Change]
) -> HttpResponse:
    """Deleted, published, accepted meanwhile: the form cannot be stored any more. What was typed is kept to copy."""
    effects = effects_of(since)
    gone = next((each for each in effects if each.model is page.model and each.deleted), None)
    before = stored or (as_it_was(gone, None)[0] if gone else None)
    sets = {change.change_set_id: change.change_set for change in since}
    context = {
        **page.admin_site.each_context(request),
        "title": _("Tidak dapat disimpan lagi"),
        "opts": page.opts,
        "record": stored,
        "who": [_saved_by(request, each) for each in list(sets.values())[:3]],
        "typed": Rebase(page, request, before, effects, by_others=True).typed() if before else [],
        "record_url": address(stored, "change") if stored and page.has_view_permission(request, stored) else "",
        "sees_trash": request.user.has_perm("sentra.view_changeset"),
    }
    return TemplateResponse(request, "admin/too_late.html", context, status=409)


def _saved_by(request: HttpRequest, change_set: ChangeSet) -> str:
    at = date_format(timezone.localtime(change_set.at), "j F Y, H.i")
    own = change_set.who_id is not None and change_set.who_id == request.user.pk
    who = _("Anda sendiri di jendela lain") if own else _named(change_set)
    return f"{who} ({at})"


def _named(change_set: ChangeSet) -> str:
    return change_set.who_name or str(change_set.get_kind_display())


together.register(TrailGuard())
