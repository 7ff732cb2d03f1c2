"""What each certificate promises, in plain words, and who here holds it."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from products.matching import certificates_of_makers, product_condition, products_of_makers
from products.models import CertificateKind, Product
from products.structured import certificate_list_page, certificate_page
from semarang_ikm.shared.addresses import Address, RecordView
from semarang_ikm.shared.time import today
from sentra.models import Ikm


@require_safe
def certificate_kind_list(request: HttpRequest) -> HttpResponse:
    """The legend: every kind with the rule for certificates issued today."""
    day, kinds = today(), list(CertificateKind.objects.prefetch_related("rules"))
    context = {"kinds": [(kind, kind.rule_on(day)) for kind in kinds], "structured": certificate_list_page(kinds)}
    return render(request, "products/certificate_kind_list.html", context)


class CertificateKindView(RecordView):
    template_name = "products/certificate_kind.html"

    def find(self, slug: str) -> Address:
        return Address(
            record=CertificateKind.objects.select_related("how_to_get_source")
            .prefetch_related("rules__source")
            .filter(slug=slug)
            .first()
        )

    def context(self, record: CertificateKind) -> dict[str, Any]:
        """The totals are those of the lists filtered by this certificate."""
        chosen = {"sertifikat": (record.slug,)}
        makers = Q(pk__in=products_of_makers(chosen).filter(ikm__isnull=False).values("ikm"))
        makers |= Q(pk__in=certificates_of_makers(chosen).values("ikm"))
        return {
            "kind": record,
            "businesses_total": Ikm.objects.published().filter(makers).count(),
            "products_total": Product.objects.published().filter(product_condition(chosen)).count(),
        }

    def structured(self, context: Mapping[str, Any]) -> dict[str, Any]:
        return certificate_page(context)
