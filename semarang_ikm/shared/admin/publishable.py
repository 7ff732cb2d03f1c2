"""Admin pages of what the public may see: every change of status goes through semarang_ikm.shared.publishing."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from semarang_ikm.shared import publishing
from semarang_ikm.shared.admin import together
from semarang_ikm.shared.admin.records import RecordAdmin
from semarang_ikm.shared.checking import mark_checked
from semarang_ikm.shared.choices import PublicationStatus
from semarang_ikm.shared.models import Checked, Publishable


class PublishableAdmin(RecordAdmin):
    """The status is a field of the form, but saving it calls the action that leads there."""

    actions = (
        "publish_selected",
        "archive_selected",
        "ask_selected",
        "draft_selected",
        "check_selected",
        "delete_selected",
    )

    def view_on_site(self, obj: Publishable) -> str | None:
        return obj.get_absolute_url() if obj.is_published and hasattr(obj, "get_absolute_url") else None

    # -- who may ------------------------------------------------------------------------------------------------------

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return publishing.may_publish(request.user, self.model)

    def has_change_permission(self, request: HttpRequest, obj: Publishable | None = None) -> bool:
        """What is published or archived is changed by whoever may publish; others may ask (`ask_change` of an app)."""
        return super().has_change_permission(request, obj) and (
            obj is None or publishing.may_work_on(request.user, obj)
        )

    def has_delete_permission(self, request: HttpRequest, obj: Publishable | None = None) -> bool:
        """What was ever public has left an address behind, and is deleted by whoever may publish."""
        return super().has_delete_permission(request, obj) and (
            obj is None or not obj.was_ever_public or self.has_publish_permission(request)
        )

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        actions = super().get_actions(request)
        if not issubclass(self.model, Checked):
            actions.pop("check_selected", None)
        return actions

    # -- one record ---------------------------------------------------------------------------------------------------

    def get_fieldsets(self, request: HttpRequest, obj: Publishable | None = None) -> Any:
        """A word for the other side stands beside the status while the record goes between the two."""
        sets = super().get_fieldsets(request, obj)
        published = self.has_publish_permission(request)
        goes_between = obj.status == PublicationStatus.IN_REVIEW if published and obj else not published
        if not goes_between or not self.has_change_permission(request, obj):
            return sets
        return [(name, {**options, "fields": _with_note(options["fields"])}) for name, options in sets]

    def save_model(self, request: HttpRequest, obj: Publishable, form: ModelForm, change: bool) -> None:
        """Everything but the status is stored; `save_related` then moves the status when the rows are there too."""
        form.wanted_status = obj.status
        obj.status = form.initial.get("status") if change else PublicationStatus.DRAFT
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: ModelForm, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        record, word = form.instance, form.cleaned_data.get("review_note", "").strip()
        try:
            publishing.move(record=record, to=form.wanted_status, by=request.user, note=word)
        except (publishing.NotReady, publishing.NotAllowed) as error:
            self._say_not_shown(request, _("Tersimpan, tetapi belum terbit."), error.messages)
        else:
            if record.is_published and (reasons := publishing.obstacles(record)):
                self._say_not_shown(request, _("Tersimpan, tetapi tidak tampil di situs."), reasons)

    def _say_not_shown(self, request: HttpRequest, opening: str, reasons: list[str]) -> None:
        self.message_user(request, " ".join([opening, *reasons]), messages.WARNING)

    # -- many records -------------------------------------------------------------------------------------------------

    @admin.action(permissions=["publish"], description=gettext_lazy("Terbitkan yang dipilih"))
    def publish_selected(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        return self._move_selected(request, queryset, "publish_selected", PublicationStatus.PUBLISHED)

    @admin.action(permissions=["publish"], description=gettext_lazy("Arsipkan yang dipilih"))
    def archive_selected(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        return self._move_selected(request, queryset, "archive_selected", PublicationStatus.ARCHIVED)

    @admin.action(permissions=["change"], description=gettext_lazy("Minta pemeriksaan untuk yang dipilih"))
    def ask_selected(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        return self._move_selected(request, queryset, "ask_selected", PublicationStatus.IN_REVIEW)

    @admin.action(permissions=["change"], description=gettext_lazy("Kembalikan menjadi draf"))
    def draft_selected(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        return self._move_selected(request, queryset, "draft_selected", PublicationStatus.DRAFT)

    @admin.action(permissions=["change"], description=gettext_lazy("Tandai sudah diperiksa hari ini"))
    def check_selected(self, request: HttpRequest, queryset: QuerySet) -> None:
        chosen = list(queryset)
        mine = [record.pk for record in chosen if self.has_change_permission(request, record)]
        count = mark_checked(records=self.model._default_manager.filter(pk__in=mine), by=request.user)
        done = ngettext("%(count)d data ditandai sudah diperiksa.", "%(count)d data ditandai sudah diperiksa.", count)
        self.message_user(request, done % {"count": count}, messages.SUCCESS)
        if rest := len(chosen) - len(mine):
            left = ngettext(
                "%(count)d data sudah terbit: hanya penerbit yang dapat menandainya.",
                "%(count)d data sudah terbit: hanya penerbit yang dapat menandainya.",
                rest,
            )
            self.message_user(request, left % {"count": rest}, messages.WARNING)

    def _move_selected(
        self, request: HttpRequest, queryset: QuerySet, action: str, to: PublicationStatus
    ) -> HttpResponse | None:
        """Ask with counts first, then do it; each row that is refused is named with its reason."""
        if "confirmed" not in request.POST:
            return self._ask(request, queryset, action, to)
        moved, refused = 0, []
        word = request.POST.get("review_note", "").strip()[:1000]
        with transaction.atomic():
            chosen = list(queryset.exclude(status=to))
            stale = together.changed_since_shown(request, chosen)
            for record in chosen:
                if record.pk in stale:
                    refused.append(f"{record}: {stale[record.pk]}")
                    continue
                try:
                    publishing.move(record=record, to=to, by=request.user, note=word)
                    moved += 1
                except ValidationError as error:
                    refused.append(f"{record}: {' '.join(error.messages)}")
        done = ngettext("%(count)d data kini berstatus %(status)s.", "%(count)d data kini berstatus %(status)s.", moved)
        self.message_user(request, done % {"count": moved, "status": to.label}, messages.SUCCESS)
        for reason in refused[:10]:
            self.message_user(request, reason, messages.WARNING)
        if len(refused) > 10:
            rest = _("Dan %(count)d lainnya yang belum siap.")
            self.message_user(request, rest % {"count": len(refused) - 10}, messages.WARNING)
        return None

    def _ask(self, request: HttpRequest, queryset: QuerySet, action: str, to: PublicationStatus) -> HttpResponse:
        shown = together.shown_now()
        chosen = list(queryset.exclude(status=to))
        lacking = _lacking(chosen, to, request.user)
        context = {
            **self.admin_site.each_context(request),
            "title": self.get_actions(request)[action][2],
            "opts": self.opts,
            "media": self.media,
            "action": action,
            "checkbox_name": ACTION_CHECKBOX_NAME,
            "selected": request.POST.getlist(ACTION_CHECKBOX_NAME),
            "select_across": request.POST.get("select_across", "0"),
            "version": shown,
            "to": to.label,
            "takes_a_word": to in publishing.OPEN,
            "moving": len(chosen) - len(lacking),
            "unchanged": queryset.filter(status=to).count(),
            "lacking": lacking[:20],
            "lacking_count": len(lacking),
            "names": [str(record) for record in chosen[:20]],
            "leaves_public": sum(record.is_published for record in chosen),
        }
        return TemplateResponse(request, "admin/confirm_status.html", context)


def _with_note(fields: Any) -> list[Any]:
    found: list[Any] = []
    for name in fields:
        found += [name, "review_note"] if name == "status" else [name]
    return found


def _lacking(records: list[Model], to: PublicationStatus, by: Any) -> list[tuple[str, list[str]]]:
    """The records that cannot be led there now by this officer, each with its reasons."""
    found = []
    for record in records:
        reasons = publishing.obstacles(record) if to == PublicationStatus.PUBLISHED else []
        if to not in publishing.ways(record, by):
            reasons = [_("Sudah terbit atau diarsipkan; hanya penerbit yang dapat mengubahnya.")]
        if reasons:
            found.append((str(record), reasons))
    return found
