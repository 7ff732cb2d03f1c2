"""The form for wrong data: three fields, no account; and the receipt, which shows the number and nothing else."""

from datetime import timedelta
from math import ceil
from urllib.parse import urlencode

from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse, translate_url
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.generic import View

from semarang_ikm.reports.forms import WITHDRAW, ReportForm, kind_of, readable
from semarang_ikm.reports.subject import Subject, subject_of
from semarang_ikm.shared.bilingual import is_english
from semarang_ikm.shared.visitors import address_of
from sentra.actions.reports import TooManyReports, receive
from sentra.choices import ReportKind
from sentra.models import DataReport

# The receipt is for the moment after sending; its address says nothing that its sender does not know.
RECEIPT_SALT, RECEIPT_SECONDS = "semarang_ikm.reports.receipt", 3600


@method_decorator(never_cache, name="dispatch")
class ReportView(View):
    http_method_names = ["get", "head", "post"]

    def get(self, request: HttpRequest) -> HttpResponse:
        typed = readable(request.GET)
        subject = subject_of(typed["kode"], typed["kel"])
        return _show(request, ReportForm(kind=kind_of(typed["perihal"])), subject)

    def post(self, request: HttpRequest) -> HttpResponse:
        form, subject = _posted(request)
        if not form.is_valid():
            return _show(request, form, subject)
        try:
            report = receive(report=form.report(subject), address=address_of(request))
        except TooManyReports as refusal:
            return _later(request, form, subject, refusal)
        return HttpResponseRedirect(_receipt_address(report))


def once_more(request: HttpRequest) -> HttpResponse:
    """The form with all that was typed, when the cookie that belongs to it did not come along."""
    form, subject = _posted(request)
    if form.is_valid():
        form.add_error(
            None,
            _(
                "Kirim sekali lagi; yang Anda tulis masih ada di bawah. Bila pesan ini muncul lagi, izinkan cookie untuk "
                "situs ini: satu cookie menjaga agar orang lain tidak mengirim atas nama Anda."
            ),
        )
    return _show(request, form, subject, status=403)


@never_cache
@require_safe
def received(request: HttpRequest) -> HttpResponse:
    """What was just sent; an address that is too old or was made up leads back to the form."""
    try:
        code, kind, answers, about = signing.loads(
            request.GET.get("tanda", ""), salt=RECEIPT_SALT, max_age=RECEIPT_SECONDS
        )
    except (signing.BadSignature, ValueError):
        return redirect("report")
    context = {
        "code": code,
        "withdraws": kind == ReportKind.WITHDRAWAL,
        "answers": answers,
        "subject": subject_of(about),
    }
    return render(request, "reports/received.html", context)


def _receipt_address(report: DataReport) -> str:
    told = (report.code, report.kind, bool(report.contact), report.subject_code)
    return f"{reverse('report_received')}?tanda={signing.dumps(told, salt=RECEIPT_SALT)}"


def _posted(request: HttpRequest) -> tuple[ReportForm, Subject]:
    typed = readable(request.POST)
    form = ReportForm(typed, kind=kind_of(typed["perihal"]))
    subject = subject_of(typed["kode"], typed["kel"])
    if subject.unknown:
        form.add_error(
            None,
            _("Kode %(code)s tidak kami kenal. Sebutkan usahanya dalam laporan Anda, lalu kirim.")
            % {"code": subject.unknown},
        )
    return form, subject


def _later(request: HttpRequest, form: ReportForm, subject: Subject, refusal: TooManyReports) -> HttpResponse:
    # Rounded up: at the minute that is told a report is taken again.
    clock = timezone.localtime(refusal.again_at + timedelta(minutes=1))
    message = _(
        "Dari jaringan Anda sudah banyak laporan masuk. Kirim lagi setelah pukul %(time)s WIB; yang Anda tulis masih ada di bawah."
    )
    form.add_error(None, message % {"time": date_format(clock, "TIME_FORMAT")})
    answer = _show(request, form, subject, status=429)
    answer["Retry-After"] = str(max(1, ceil((refusal.again_at - timezone.now()).total_seconds())))
    return answer


def _show(request: HttpRequest, form: ReportForm, subject: Subject, status: int = 200) -> HttpResponse:
    withdraws = form.kind == ReportKind.WITHDRAWAL
    context = {"form": form, "subject": subject, "withdraws": withdraws, "twin_url": _twin(subject, withdraws)}
    return render(request, "reports/report.html", context, status=status)


def _twin(subject: Subject, withdraws: bool) -> str:
    """The form in the other language, about the same thing also when this one was refused; what was typed is in no address."""
    about = {
        "kode": subject.code or subject.unknown,
        "kel": subject.kelurahan.slug if subject.kelurahan else "",
        "perihal": WITHDRAW if withdraws else "",
    }
    query = urlencode({key: value for key, value in about.items() if value})
    return translate_url(f"{reverse('report')}{'?' if query else ''}{query}", "id" if is_english() else "en")
