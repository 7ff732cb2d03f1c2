"""After acceptance: who does not come, who is next in line, and opening the selection again."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from promotions.actions import selection_changes
from promotions.admin.selection_pages import Directory
from promotions.admin.told import Told
from promotions.models import FairSelection
from promotions.selecting.record import mark_of
from semarang_ikm.shared.time import today
from sentra.models import Ikm

if TYPE_CHECKING:
    _Base = admin.ModelAdmin
else:
    _Base = object

Page = tuple[str, str, Callable[..., HttpResponse]]


def changes_context(selection: FairSelection, *, may_change: bool) -> dict[str, Any]:
    """For the page of an accepted selection, and for its minutes: what happened since; of an open one what was before."""
    changes = list(selection.withdrawals.select_related("ikm", "replaced_by", "recorded_by"))
    context: dict[str, Any] = {
        "changes": changes,
        "withdrawn": {change.ikm.code for change in changes},
        "reopenings": list(selection.reopenings.select_related("reopened_by", "accepted_by")),
        "may_take_back": may_change,
        "may_change": may_change and not selection.is_open and selection.promotion.starts_on >= today(),
        "closed_by": selection_changes.why_closed(selection) if may_change and not selection.is_open else [],
    }
    if context["may_change"] and any(change.replaced_by is None for change in changes):
        lines, record = selection_changes.next_in_line(selection)
        directory = Directory()
        context["next_in_line"] = [directory.row(line, record) for line in lines]
        context["next_mark"] = mark_of(record)
    return context


class ChangeOfSelectionPages(_Base):
    """Part of FairSelectionAdmin."""

    def change_pages(self) -> tuple[Page, ...]:
        return (
            ("mundur", "withdraw", self.withdraw),
            ("pengganti", "replace", self.replace),
            ("buka-lagi", "reopen", self.reopen),
        )

    def _may_take_back(self, request: HttpRequest, selection: FairSelection) -> bool:
        """It takes lines out of the ledger, and enters others."""
        may_delete = request.user.has_perm("promotions.delete_appearance")
        return self._may_write(request) and self._may_accept(request, selection) and may_delete

    def withdraw(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Somebody does not come, or comes after all."""
        selection = self._for_taking_back(request, pk)
        business = Ikm.objects.filter(code=request.POST.get("code", "")).first()
        if business is None:
            raise Http404
        reason, code = request.POST.get("reason", "")[:200], business.code
        with Told(self, request):
            if "stay" in request.POST:
                selection_changes.stay(selection=selection, business=business, by=request.user)
                self.message_user(request, _("%(code)s tetap ikut.") % {"code": code}, messages.SUCCESS)
            elif selection_changes.withdraw(selection=selection, business=business, reason=reason, by=request.user):
                done = _("%(code)s dicatat mundur. Yang berikutnya ada di bawah ini.")
                self.message_user(request, done % {"code": code}, messages.SUCCESS)
        return HttpResponseRedirect(f"{self._address('proposal', selection)}#pergantian")

    def replace(self, request: HttpRequest, pk: int) -> HttpResponse:
        selection = self._for_taking_back(request, pk)
        with Told(self, request):
            seen = request.POST.get("mark", "")
            if count := selection_changes.replace(selection=selection, seen=seen, by=request.user):
                done = ngettext("%(count)d pengganti dicatat.", "%(count)d pengganti dicatat.", count)
                self.message_user(request, done % {"count": count}, messages.SUCCESS)
        return HttpResponseRedirect(f"{self._address('proposal', selection)}#pergantian")

    def reopen(self, request: HttpRequest, pk: int) -> HttpResponse:
        """GET asks for the reason, or says what rests on the selection; POST opens it once."""
        selection = self._found(request, pk)
        if not self._may_take_back(request, selection):
            raise PermissionDenied
        if request.method != "POST":
            closed_by = selection_changes.why_closed(selection)
            context = {"title": _("Buka lagi seleksi"), "opts": self.opts, "closed_by": closed_by}
            context |= {**self.admin_site.each_context(request), "selection": selection}
            return TemplateResponse(request, "admin/selection_reopen.html", context)
        with Told(self, request):
            reason = request.POST.get("reason", "")[:200]
            if selection_changes.reopen(selection=selection, reason=reason, by=request.user):
                self.message_user(request, _("Seleksi dibuka lagi. Pesertanya belum dicatat."), messages.SUCCESS)
        return HttpResponseRedirect(self._address("proposal", selection))

    def _for_taking_back(self, request: HttpRequest, pk: int) -> FairSelection:
        selection = self._for_writing(request, pk)
        if not self._may_take_back(request, selection):
            raise PermissionDenied
        return selection
