"""The officers' queue of certificates: what ends, what ended, what must be asked; with letters, table and calendar."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from products import reminders
from products.admin.certificate_forms import HELD, QueueForm
from products.admin.certificate_journey import SEE_PEOPLE
from products.certification_queryset import any_of
from products.choices import CertificateConcern
from products.models import Certification
from semarang_ikm.shared.choices import Channel
from semarang_ikm.shared.time import today
from semarang_ikm.shared.workbooks import Sheet, download, workbook_answer
from sentra.models import OfficeProfile

ROWS_A_PAGE = 50
# More letters than this are printed one kelurahan or kecamatan after the other.
LETTERS_AT_ONCE = 300
# The reasons for which owners are written to.
REMINDED = (CertificateConcern.ENDING, CertificateConcern.ENDED)
ALL_REASONS = gettext_lazy("Semua")


class Queue:
    """What one request asks of the queue, and the rows that answer it."""

    def __init__(self, request: HttpRequest, certificates: QuerySet[Certification]) -> None:
        """`certificates`: those that this officer may see."""
        self.form = QueueForm(request.GET)
        self.form.is_valid()
        self.day = self.form.cleaned_data.get("pada") or today()
        self.concern = self.form.cleaned_data.get("antrean") or ""
        self.sees_people = request.user.has_perm(SEE_PEOPLE)
        self.query = request.GET.copy()
        self.query.pop("hal", None)
        self._all = self.form.narrowed(certificates)

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but the reason was asked for."""
        return any(name != "antrean" and self.query.get(name) for name in self.form.fields)

    @cached_property
    def reasons(self) -> dict[str, Any]:
        return self._all.reasons(self.day)

    @property
    def rows(self) -> QuerySet[Certification]:
        """Those of the chosen tab, the earliest end first."""
        if self.concern == HELD:
            chosen = self._all.held_on(self.day)
        else:
            chosen = self._all.filter(self.reasons.get(self.concern) or any_of(self.reasons.values()))
        named = reminders.with_addressee(chosen, sees_people=self.sees_people, channel=Channel.WEB)
        return named.order_by(F("expires_on").asc(nulls_last=True), "created_at", "pk")

    @property
    def reminded(self) -> QuerySet[Certification]:
        """Those whose owners are written to: of the chosen reason, else for every one."""
        reasons = [self.concern] if self.concern in REMINDED else REMINDED
        rows = self._all.filter(any_of(self.reasons[reason] for reason in reasons))
        return reminders.for_paper(rows, sees_people=self.sees_people)

    def tabs(self) -> list[dict[str, Any]]:
        """Each reason with its number and address, and how many are in force that day."""
        counted = self._all.aggregate(
            **{reason: Count("pk", filter=condition) for reason, condition in self.reasons.items()},
            any_reason=Count("pk", filter=any_of(self.reasons.values())),
        )
        tabs = [("", ALL_REASONS, counted["any_reason"])]
        tabs += [(value, label, counted[value]) for value, label in CertificateConcern.choices]
        tabs.append((HELD, _("Berlaku pada tanggal ini"), self._all.held_on(self.day).count()))
        return [
            {
                "label": label,
                "count": count,
                "address": f"?{self._with(antrean=value)}",
                "chosen": value == self.concern,
            }
            for value, label, count in tabs
        ]

    def _with(self, **changes: str) -> str:
        query = self.query.copy()
        for key, value in changes.items():
            query[key] = value
        return query.urlencode()


class QueuePages:
    """For CertificationAdmin: the queue and what is made of it."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("antrean/", view(self.queue), name="products_certification_queue"),
            path("antrean/surat/", view(self.letters), name="products_certification_letters"),
            path("antrean/pengingat.xlsx", view(self.reminder_table), name="products_certification_table"),
            path("antrean/pengingat.ics", view(self.reminder_calendar), name="products_certification_calendar"),
            *super().get_urls(),
        ]

    def _asked(self, request: HttpRequest) -> Queue:
        if not self.has_view_permission(request):
            raise PermissionDenied
        return Queue(request, self.get_queryset(request))

    def queue(self, request: HttpRequest) -> HttpResponse:
        asked = self._asked(request)
        office_name = OfficeProfile.load().name
        page = Paginator(asked.rows, ROWS_A_PAGE).get_page(request.GET.get("hal"))
        for row in page:
            row.days_left = (row.expires_on - asked.day).days if row.expires_on else None
            row.days_over = -row.days_left if row.days_left is not None and row.days_left < 0 else 0
            row.mobile = reminders.mobile_of(row.ikm) if asked.sees_people else None
            row.reminder = reminders.chat_text(row, asked.day, office_name) if row.mobile else ""
        context = {
            **self.admin_site.each_context(request),
            "title": _("Antrean sertifikat"),
            "opts": self.opts,
            "asked": asked,
            "tabs": asked.tabs(),
            "page": page,
            "query": asked.query.urlencode(),
            "may_change": self.has_change_permission(request) and self.has_add_permission(request),
            "is_today": asked.day == today(),
        }
        return TemplateResponse(request, "admin/certification_queue.html", context)

    def letters(self, request: HttpRequest) -> HttpResponse:
        """A letter a business, ready to print on A4."""
        asked = self._asked(request)
        found = reminders.letters(asked.reminded, sees_people=asked.sees_people)
        context = {
            "title": _("Surat pengingat"),
            "letters": found[:LETTERS_AT_ONCE],
            "left_out": max(0, len(found) - LETTERS_AT_ONCE),
            "day": asked.day,
            "today": today(),
            "office": OfficeProfile.load(),
            "back_address": f"{reverse('admin:products_certification_queue')}?{asked.query.urlencode()}",
            "sees_people": asked.sees_people,
        }
        return TemplateResponse(request, "admin/certification_letters.html", context)

    def reminder_table(self, request: HttpRequest) -> HttpResponse:
        asked = self._asked(request)
        sheet = Sheet(_("Sertifikat"), reminders.HEADINGS, reminders.table(asked.reminded, asked.day))
        return workbook_answer([sheet], f"pengingat-sertifikat-{asked.day:%Y-%m-%d}")

    def reminder_calendar(self, request: HttpRequest) -> HttpResponse:
        asked = self._asked(request)
        name = f"pengingat-sertifikat-{asked.day:%Y-%m-%d}.ics"
        return download(reminders.calendar(asked.reminded), reminders.ICS_TYPE, name)
