"""One screen for one person's data: what is held, where it leaves and on which ground; withdraw, copy, purge."""

import json
from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from semarang_ikm.shared.admin.scope import outside
from semarang_ikm.shared.choices import Channel
from semarang_ikm.shared.time import today
from sentra.actions.consent import withdraw_fields
from sentra.actions.purging import planned, purge
from sentra.choices import PersonalField
from sentra.codes import format_code, parse_code
from sentra.consent import Subject, relation_to
from sentra.models import Consent, Ikm, OfficeProfile, Sentra
from sentra.personal_data.access import copy_of
from sentra.personal_data.finding import MOST, find_subjects
from sentra.personal_data.holdings import holdings
from sentra.personal_data.retention import end_what_is_over, terms
from sentra.withdrawals import printed, still_carried

SEE, MANAGE = "sentra.see_personal_data", "sentra.manage_consent"
_MODELS: dict[str, type[Subject]] = {"U": Ikm, "S": Sentra}


class PeopleViews:
    """For the admin of receipts: four pages around one business or sentra, found by what a person tells."""

    def get_urls(self) -> list[URLPattern]:
        guarded = self.admin_site.admin_view
        return [
            path("masa-simpan/", guarded(self.retention), name="sentra_retention"),
            path("orang/", guarded(self.find), name="sentra_people"),
            path("orang/<slug:code>/", guarded(self.person), name="sentra_person"),
            path("orang/<slug:code>/salinan/", guarded(self.copy), name="sentra_person_copy"),
            path("orang/<slug:code>/salinan.json", guarded(self.copy_as_json), name="sentra_person_json"),
            path("orang/<slug:code>/hapus/", guarded(self.purge), name="sentra_person_purge"),
            *super().get_urls(),
        ]

    def find(self, request: HttpRequest) -> HttpResponse:
        _need(request, SEE)
        words = request.GET.get("q", "")[:100]
        found, total = find_subjects(words)
        hidden = [row for model in _MODELS.values() for row in outside(request, _of(model, found))]
        tables = [(subject, held) for subject, held in holdings(found).items() if subject not in hidden]
        context = {"words": words, "tables": tables, "total": total, "most": MOST}
        return self._page(request, _("Data pribadi seseorang"), "people_find", **context)

    def person(self, request: HttpRequest, code: str) -> HttpResponse:
        """What we publish about this person; ticked boxes are withdrawn at once."""
        _need(request, SEE)
        subject = self._subject(request, code)
        if request.method == "POST":
            return self._withdraw(request, subject)
        receipts = (
            Consent.objects.filter(**{relation_to(subject): subject})
            .select_related("recorded_by")
            .prefetch_related("scopes")
        )
        return self._page(
            request,
            _("Data pribadi: %(subject)s") % {"subject": subject},
            "person",
            subject=subject,
            held=holdings([subject])[subject],
            receipts=receipts,
            printed=printed(subject),
            carried=still_carried(subject),
            change_url=_change_url(subject),
            subject_column=relation_to(subject),
            may_manage=request.user.has_perm(MANAGE),
        )

    def _withdraw(self, request: HttpRequest, subject: Subject) -> HttpResponse:
        _need(request, MANAGE)
        everything = "semua" in request.POST
        chosen = {tuple(key.split("|", 1)) for key in request.POST.getlist("tarik")}
        pairs = [
            (name, channel)
            for name in PersonalField.values
            for channel in Channel.values
            if everything or (name, channel) in chosen
        ]
        count = withdraw_fields(subject=subject, pairs=pairs, by=request.user)
        if count:
            done = ngettext("%(count)d persetujuan ditarik.", "%(count)d persetujuan ditarik.", count)
            self.message_user(request, done % {"count": count}, messages.SUCCESS)
            for sentence in still_carried(subject):
                self.message_user(request, sentence, messages.WARNING)
        else:
            self.message_user(request, _("Tidak ada yang ditarik: tandai dahulu data yang ditarik."), messages.WARNING)
        return HttpResponseRedirect(reverse("admin:sentra_person", args=[subject.code]))

    def copy(self, request: HttpRequest, code: str) -> HttpResponse:
        """The copy for the person, made for paper."""
        _need(request, SEE)
        subject = self._subject(request, code)
        self.log_change(request, subject, _("Salinan data pribadi dibuat"))
        context = {"subject": subject, "sections": copy_of(subject), "office": OfficeProfile.load(), "day": today()}
        return self._page(
            request, _("Salinan data pribadi: %(code)s") % {"code": subject.code}, "person_copy", **context
        )

    def copy_as_json(self, request: HttpRequest, code: str) -> HttpResponse:
        """The same, for machines (UU 27/2022 article 13)."""
        _need(request, SEE)
        subject = self._subject(request, code)
        self.log_change(request, subject, _("Salinan data pribadi dibuat"))
        sections = [
            {"title": part.title, "rows": [dict(zip(part.columns, row, strict=True)) for row in part.rows]}
            for part in copy_of(subject)
        ]
        content = json.dumps({"code": subject.code, "day": str(today()), "sections": sections}, ensure_ascii=False)
        name = f"data-{subject.code}-{today()}.json"
        return HttpResponse(
            content,
            content_type="application/json; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"},
        )

    def purge(self, request: HttpRequest, code: str) -> HttpResponse:
        """Says what goes for good and what stays; does it after the code was typed."""
        _need(request, MANAGE)
        subject = self._subject(request, code)
        why = request.POST.get("alasan", "").strip()
        problem = ""
        if request.method == "POST":
            if request.POST.get("kode", "").strip().upper() != subject.code:
                problem = _("Ketik kode %(code)s untuk memastikan.") % {"code": subject.code}
            else:
                try:
                    purge(subject=subject, by=request.user, why=why)
                except ValidationError as refusal:
                    problem = " ".join(refusal.messages)
                else:
                    self.message_user(request, _("Data pribadi dihapus untuk selamanya."), messages.SUCCESS)
                    return HttpResponseRedirect(reverse("admin:sentra_person", args=[subject.code]))
        title = _("Hapus data pribadi: %(subject)s") % {"subject": subject}
        context = {"subject": subject, "plan": planned(subject), "problem": problem, "why": why}
        return self._page(request, title, "person_purge", **context)

    def retention(self, request: HttpRequest) -> HttpResponse:
        """How long what is kept, and what is over today."""
        _need(request, SEE)
        if request.method == "POST":
            _need(request, MANAGE)
            count = sum(end_what_is_over().values())
            done = ngettext("%(count)d data diakhiri.", "%(count)d data diakhiri.", count)
            self.message_user(request, done % {"count": count}, messages.SUCCESS)
            return HttpResponseRedirect(reverse("admin:sentra_retention"))
        now = timezone.now()
        lines = [(term, term.over(now)) for term in terms()]
        may_manage = request.user.has_perm(MANAGE)
        return self._page(request, _("Masa simpan"), "retention", lines=lines, may_manage=may_manage)

    def _subject(self: Any, request: HttpRequest, code: str) -> Subject:
        """The business or sentra of this code, if the officer works in its kecamatan."""
        prefix, number = parse_code(code) or ("", 0)
        model = _MODELS.get(prefix)
        record = model._default_manager.filter(code=format_code(prefix, number)).first() if model else None
        if record is None or outside(request, [record]):
            raise Http404
        return record

    def _page(self: Any, request: HttpRequest, title: str, template: str, **context: Any) -> HttpResponse:
        shared = {**self.admin_site.each_context(request), "title": title, "opts": self.opts}
        response = TemplateResponse(request, f"admin/personal/{template}.html", {**shared, **context})
        response.headers["Cache-Control"] = "private, no-store"
        return response


def _need(request: HttpRequest, permission: str) -> None:
    if not request.user.has_perm(permission):
        raise PermissionDenied


def _of(model: type[Subject], subjects: Iterable[Subject]) -> list[Subject]:
    return [subject for subject in subjects if isinstance(subject, model)]


def _change_url(subject: Subject) -> str:
    return reverse(f"admin:sentra_{subject._meta.model_name}_change", args=[subject.pk])
