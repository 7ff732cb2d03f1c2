"""A certificate's journey in the admin: what happened, the steps that are possible now, renewing in place."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from products.actions import certificate_steps
from products.admin.certificate_forms import PaperForm, RecheckForm, StepForm
from products.choices import CertificationStage
from products.models import Certification
from semarang_ikm.shared.templatetags.formats import on_date
from sentra.consent import disclose_one

# Word in the address -> what is said on the button, and the stage that it leads to.
STEPS = {
    "difasilitasi": (gettext_lazy("Mulai difasilitasi"), CertificationStage.FACILITATED),
    "terbit": (gettext_lazy("Catat penerbitan"), CertificationStage.ISSUED),
    "habis": (gettext_lazy("Tandai habis"), CertificationStage.EXPIRED),
    "dicabut": (gettext_lazy("Catat pencabutan"), CertificationStage.REVOKED),
}
SEE_PEOPLE = "sentra.see_personal_data"
RENEWABLE = (CertificationStage.ISSUED, CertificationStage.EXPIRED)


def queue_address(query: str) -> str:
    """The queue as it was left; `query` may be anything, only its keys and values are kept."""
    kept = QueryDict(query).urlencode()
    return reverse("admin:products_certification_queue") + (f"?{kept}" if kept else "")


class JourneyPages:
    """For CertificationAdmin: the journey on the page of a certificate, a page for each step, and the renewal."""

    change_form_template = "admin/certification_change.html"

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/langkah/<slug:name>/", view(self.step), name="products_certification_step"),
            path("<int:pk>/tanya/", view(self.recheck), name="products_certification_recheck"),
            path("<int:pk>/perpanjang/", view(self.renew), name="products_certification_renew"),
            *super().get_urls(),
        ]

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        record = self.get_object(request, object_id)
        if record is not None:
            told = {"journey": record.steps.select_related("moved_by"), "steps": self._offered(request, record)}
            told |= {"predecessor": getattr(record, "predecessor", None)}
            kwargs["extra_context"] = {**(kwargs.get("extra_context") or {}), **told}
        return super().change_view(request, object_id, *args, **kwargs)

    def _offered(self, request: HttpRequest, record: Certification) -> list[tuple[str, str]]:
        if not self.has_change_permission(request, record):
            return []
        possible = certificate_steps.next_stages(record)
        offered = [
            (str(label), reverse("admin:products_certification_step", args=[record.pk, name]))
            for name, (label, stage) in STEPS.items()
            if stage in possible and not (record.successor_id and stage == CertificationStage.EXPIRED)
        ]
        if record.needs_recheck:
            offered.insert(
                0, (_("Sudah ditanyakan"), reverse("admin:products_certification_recheck", args=[record.pk]))
            )
        if record.stage in RENEWABLE and record.successor_id is None:
            offered.insert(0, (_("Perpanjang"), reverse("admin:products_certification_renew", args=[record.pk])))
        return offered

    # -- pages --------------------------------------------------------------------------------------------------------

    def step(self, request: HttpRequest, pk: int, name: str) -> HttpResponse:
        """One step: GET asks for its day, POST takes it once."""
        record = self._changeable(request, pk)
        if name not in STEPS:
            raise Http404
        label, stage = STEPS[name]
        issuing = stage == CertificationStage.ISSUED
        form = self._paper_form(request, record) if issuing else self._step_form(request, stage)
        if request.method == "POST" and form.is_valid():
            try:
                self._take(request, record, stage, form)
            except ValidationError as refusal:
                form.add_error(None, refusal)
            else:
                self.message_user(request, _("Tersimpan: %(stage)s.") % {"stage": stage.label}, messages.SUCCESS)
                return HttpResponseRedirect(self._page_of(record))
        return self._show(request, record, form, str(label))

    def recheck(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Somebody asked, and the certificate still holds."""
        record = self._changeable(request, pk)
        form = RecheckForm(_sent(request))
        if request.method == "POST" and form.is_valid():
            certificate_steps.answer_recheck(certification=record, by=request.user, reason=form.cleaned_data["note"])
            self.message_user(request, _("Hasilnya tersimpan; sertifikat ini tidak lagi ditandai."), messages.SUCCESS)
            return HttpResponseRedirect(self._back(request, record))
        return self._show(request, record, form, _("Sudah ditanyakan"))

    def renew(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The next certificate, recorded from the old one; back to the list from which the officer came."""
        record = self._changeable(request, pk)
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = self._paper_form(request, record)
        if request.method == "POST" and form.is_valid():
            try:
                new = certificate_steps.renew(certification=record, paper=form.paper(), by=request.user)
            except ValidationError as refusal:
                form.add_error(None, refusal)
            else:
                self.message_user(request, _renewed(new), messages.SUCCESS)
                return HttpResponseRedirect(self._back(request, record))
        return self._show(request, record, form, _("Perpanjang sertifikat"))

    # -- their parts --------------------------------------------------------------------------------------------------

    def _changeable(self, request: HttpRequest, pk: int) -> Certification:
        record = self.get_object(request, str(pk))
        if record is None:
            raise Http404
        if not self.has_change_permission(request, record):
            raise PermissionDenied
        return record

    def _paper_form(self, request: HttpRequest, record: Certification) -> PaperForm:
        blank = Certification(kind=record.kind, ikm=record.ikm)
        return PaperForm(_sent(request), request.FILES or None, kind=record.kind, instance=blank)

    def _step_form(self, request: HttpRequest, stage: CertificationStage) -> StepForm:
        return StepForm(_sent(request), needs_reason=stage == CertificationStage.REVOKED)

    def _take(self, request: HttpRequest, record: Certification, stage: CertificationStage, form: BaseForm) -> None:
        if isinstance(form, PaperForm):
            certificate_steps.issue(certification=record, paper=form.paper(), by=request.user)
        else:
            given = form.cleaned_data
            certificate_steps.move(
                certification=record, to=stage, by=request.user, on=given["reached_on"], note=given["note"]
            )

    def _show(self, request: HttpRequest, record: Certification, form: BaseForm, title: str) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            "record": record,
            "business": record.ikm.name if request.user.has_perm(SEE_PEOPLE) else disclose_one(record.ikm).name,
            "form": form,
            "rule": getattr(form, "rule", None),
            "from_queue": "kembali" in request.GET or "kembali" in request.POST,
            "back": request.POST.get("kembali", request.GET.get("kembali", "")),
            "back_address": self._back(request, record),
        }
        return TemplateResponse(request, "admin/certification_step.html", context)

    def _page_of(self, record: Certification) -> str:
        return reverse("admin:products_certification_change", args=[record.pk])

    def _back(self, request: HttpRequest, record: Certification) -> str:
        """The queue where the officer came from it, else the page of the certificate."""
        query = request.POST.get("kembali", request.GET.get("kembali"))
        return self._page_of(record) if query is None else queue_address(query)


def _sent(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _renewed(new: Certification) -> str:
    if new.expires_on is None:
        return _("Tersimpan: %(new)s, tanpa batas waktu.") % {"new": new}
    return _("Tersimpan: %(new)s, berlaku sampai %(day)s.") % {"new": new, "day": on_date(new.expires_on)}
