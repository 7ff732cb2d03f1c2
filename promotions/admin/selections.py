"""Fair selections: the rules in plain fields, the proposal they give, its acceptance and its minutes."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from promotions.actions import selections
from promotions.admin.base import PromotionsRecordAdmin
from promotions.admin.selection_changes import ChangeOfSelectionPages, Page, changes_context
from promotions.admin.selection_pages import minutes_context, proposal_context
from promotions.admin.targets import EditionTarget
from promotions.admin.told import Told
from promotions.choices import DecisionKind
from promotions.models import FairSelection, SelectionRule
from promotions.selecting.proposing import CONDITIONS, propose
from promotions.selecting.record import Record, read
from semarang_ikm.shared import publishing
from semarang_ikm.shared.admin.records import RecordInline
from sentra.models import Ikm

RULES = (
    "promotion",
    "places",
    "food_at_most_percent",
    ("each_kecamatan_at_least", "each_kecamatan_at_most"),
    ("each_sentra_at_least", "each_sentra_at_most"),
    "product_types",
)


class DecisionForm(forms.Form):
    """What an officer decides about one business on the page of the proposal."""

    code = forms.CharField(max_length=20)
    kind = forms.ChoiceField(choices=[*DecisionKind.choices, ("back", "")])
    reason = forms.CharField(max_length=200, required=False)


class RuleInline(RecordInline):
    model = SelectionRule
    autocomplete_fields = ("kecamatan", "sentra", "product_type")
    fields = (("kecamatan", "sentra", "product_type"), ("at_least", "at_most"))

    def has_add_permission(self, request: HttpRequest, obj: FairSelection | None = None) -> bool:
        return super().has_add_permission(request, obj) and (obj is None or obj.is_open)

    def has_change_permission(self, request: HttpRequest, obj: FairSelection | None = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or obj.is_open)

    def has_delete_permission(self, request: HttpRequest, obj: FairSelection | None = None) -> bool:
        return super().has_delete_permission(request, obj) and (obj is None or obj.is_open)


@admin.register(FairSelection)
class FairSelectionAdmin(ChangeOfSelectionPages, PromotionsRecordAdmin):
    inlines = (RuleInline,)
    change_form_template = "admin/selection_change.html"
    list_display = ("promotion", "places", "day", "accepted_at", "accepted_by")
    list_filter = (("accepted_at", admin.EmptyFieldListFilter),)
    list_select_related = ("promotion", "accepted_by")
    search_fields = ("promotion__name",)
    autocomplete_fields = ("promotion", "product_types")
    actions = ()
    fieldsets = (
        (None, {"fields": RULES}),
        (
            gettext_lazy("Siap tampil berarti"),
            {
                "description": gettext_lazy(
                    "Foto, harga, dan sertifikat harus dipunyai oleh satu produk yang sama. Yang belum siap tidak"
                    " dipilih, dan usulannya mengatakan apa yang kurang."
                ),
                "fields": CONDITIONS,
            },
        ),
    )

    @admin.display(description=gettext_lazy("hari acara"), ordering="promotion__starts_on")
    def day(self, selection: FairSelection) -> Any:
        return selection.promotion.starts_on

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("promotion", "accepted_by")

    def has_change_permission(self, request: HttpRequest, obj: FairSelection | None = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or obj.is_open)

    def has_delete_permission(self, request: HttpRequest, obj: FairSelection | None = None) -> bool:
        """What was accepted stays, also when it was opened again: its minutes may be signed."""
        may = super().has_delete_permission(request, obj)
        return may and (obj is None or (obj.is_open and not obj.reopenings.exists()))

    def response_add(self, request: HttpRequest, obj: FairSelection, post_url_continue: Any = None) -> HttpResponse:
        return self._after_save(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: FairSelection) -> HttpResponse:
        return self._after_save(request, obj) or super().response_change(request, obj)

    def _after_save(self, request: HttpRequest, selection: FairSelection) -> HttpResponse | None:
        """Saved rules lead to what they give, unless another button says where to go."""
        if "_save" not in request.POST:
            return None
        self.message_user(request, _("Aturan tersimpan. Ini usulan yang dihasilkannya."), messages.SUCCESS)
        return HttpResponseRedirect(self._address("proposal", selection))

    # -- pages --------------------------------------------------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        pages: tuple[Page, ...] = (
            ("usulan", "proposal", self.proposal),
            ("keputusan", "decide", self.decide),
            ("terima", "accept", self.accept),
            ("katalog", "edition", self.fill_edition),
            ("berita-acara", "minutes", self.minutes),
            *self.change_pages(),
        )
        own = [
            path(f"<int:pk>/{word}/", self.admin_site.admin_view(page), name=f"promotions_selection_{name}")
            for word, name, page in pages
        ]
        return [*own, *super().get_urls()]

    def _address(self, name: str, selection: FairSelection) -> str:
        return reverse(f"admin:promotions_selection_{name}", args=[selection.pk])

    def _found(self, request: HttpRequest, pk: int) -> FairSelection:
        selection = self.get_object(request, str(pk))
        if selection is None or not self.has_view_permission(request, selection):
            raise Http404
        return selection

    def _may_write(self, request: HttpRequest) -> bool:
        return super().has_change_permission(request)

    def _may_accept(self, request: HttpRequest, selection: FairSelection) -> bool:
        """Acceptance writes lines of the ledger, which the page of a public promotion shows."""
        return request.user.has_perm("promotions.add_appearance") and publishing.may_work_on(
            request.user, selection.promotion
        )

    def proposal(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What the rules give today; of an accepted selection what was accepted."""
        selection = self._found(request, pk)
        context = {
            **self.admin_site.each_context(request),
            **proposal_context(request, selection, _record(selection)),
            "title": _("Usulan peserta"),
            "subtitle": str(selection),
            "opts": self.opts,
            "selection": selection,
            "may_write": self._may_write(request),
            "may_accept": self._may_accept(request, selection),
            "edition_form": None if selection.is_open else EditionTarget(promotion=selection.promotion),
            "may_fill": request.user.has_perm("promotions.change_catalogueedition"),
            **changes_context(selection, may_change=self._may_take_back(request, selection)),
        }
        return TemplateResponse(request, "admin/selection_proposal.html", context)

    def minutes(self, request: HttpRequest, pk: int) -> HttpResponse:
        """For paper: the rules, who takes part, everybody else with the reason, room for signatures."""
        selection = self._found(request, pk)
        context = minutes_context(selection, _record(selection))
        return TemplateResponse(request, "admin/selection_minutes.html", {**context, "language": get_language()})

    def decide(self, request: HttpRequest, pk: int) -> HttpResponse:
        selection, form = self._for_writing(request, pk), DecisionForm(request.POST)
        business = Ikm.objects.filter(code=request.POST.get("code", "")).first()
        if not form.is_valid() or business is None:
            self.message_user(request, _("Belum tersimpan: tulis alasan paling banyak 200 huruf."), messages.ERROR)
            return HttpResponseRedirect(self._address("proposal", selection))
        kind, reason = form.cleaned_data["kind"], form.cleaned_data["reason"]
        with Told(self, request):
            if kind == "back":
                selections.take_back(selection=selection, business=business, by=request.user)
            else:
                selections.decide(selection=selection, business=business, kind=kind, reason=reason, by=request.user)
            self.message_user(request, _("%(code)s: tersimpan, usulan dihitung lagi.") % {"code": business.code})
        return HttpResponseRedirect(f"{self._address('proposal', selection)}#{business.code}")

    def accept(self, request: HttpRequest, pk: int) -> HttpResponse:
        selection = self._for_writing(request, pk)
        if not self._may_accept(request, selection):
            raise PermissionDenied
        with Told(self, request):
            if selections.accept(selection=selection, seen=request.POST.get("mark", ""), by=request.user):
                self.message_user(request, _("Diterima. Peserta tercatat di halaman acaranya."), messages.SUCCESS)
            else:
                self.message_user(request, _("Seleksi ini sudah diterima sebelumnya; tidak ada yang berubah."))
        return HttpResponseRedirect(self._address("proposal", selection))

    def fill_edition(self, request: HttpRequest, pk: int) -> HttpResponse:
        selection, form = self._for_writing(request, pk), EditionTarget(request.POST)
        if not request.user.has_perm("promotions.change_catalogueedition"):
            raise PermissionDenied
        if not form.is_valid():
            self.message_user(request, _("Pilih edisi yang masih draf dan jumlah produknya."), messages.ERROR)
            return HttpResponseRedirect(self._address("proposal", selection))
        edition, at_most = form.cleaned_data["target"], form.cleaned_data["at_most"]
        with Told(self, request):
            count = selections.fill_edition(selection=selection, edition=edition, at_most=at_most, by=request.user)
            done = ngettext("%(count)d produk ditambahkan.", "%(count)d produk ditambahkan.", count)
            self.message_user(request, done % {"count": count}, messages.SUCCESS)
            return HttpResponseRedirect(reverse("admin:promotions_catalogueedition_change", args=[edition.pk]))
        return HttpResponseRedirect(self._address("proposal", selection))

    def _for_writing(self, request: HttpRequest, pk: int) -> FairSelection:
        selection = self._found(request, pk)
        if request.method != "POST" or not self._may_write(request):
            raise Http404
        return selection


def _record(selection: FairSelection) -> Record:
    return propose(selection) if selection.is_open else read(selection.outcome)
