"""Certificates of the planned products: in force on the edition's day, and fitting what is sold."""

from collections.abc import Iterator

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from products.choices import CertificateState, CertificationStage
from products.models import Certification, Product
from promotions.catalogue.entries import SHOWN_STATES
from promotions.preflight.findings import Finding, Level
from promotions.preflight.plan import Plan


def certificates_on_the_day(plan: Plan) -> Iterator[Finding]:
    """Issued ones that the book leaves out, because they are over by then or nobody has checked them."""
    for product, row in _issued(plan):
        state = row.state_on(plan.material.day)
        if state in SHOWN_STATES:
            continue
        told = {"kind": row.kind.name, "number": row.number, "name": product.name}
        if state == CertificateState.EXPIRED and row.expires_on:
            day = {"until": date_format(row.expires_on, "j F Y"), "day": date_format(plan.material.day, "j F Y")}
            says = _("%(kind)s %(number)s untuk %(name)s habis %(until)s, sebelum %(day)s.") % {**told, **day}
            do = _("Tanyakan perpanjangannya. Tanpa itu lambangnya tidak dimuat.")
        elif row.checked_on is None:
            says = _("%(kind)s %(number)s untuk %(name)s belum diperiksa petugas.") % told
            do = _("Periksa nomornya pada penerbitnya. Tanpa itu lambangnya tidak dimuat.")
        else:
            says = _("%(kind)s %(number)s untuk %(name)s belum berlaku pada hari edisi ini.") % told
            do = _("Periksa tanggalnya. Tanpa itu lambangnya tidak dimuat.")
        yield Finding(
            "certificates-on-the-day",
            Level.AMBER,
            product.code,
            says,
            do,
            facts=(str(row.pk), str(state), str(row.expires_on)),
            mend=row,
        )


def certificates_that_fit(plan: Plan) -> Iterator[Finding]:
    """A mark for food on something that nobody eats would be printed as a promise."""
    for product, row in _issued(plan):
        if (
            not row.kind.for_food_only
            or product.product_type.is_food
            or row.state_on(plan.material.day) not in SHOWN_STATES
        ):
            continue
        yield Finding(
            "certificates-that-fit",
            Level.RED,
            product.code,
            says=_("%(kind)s hanya untuk pangan, sedangkan %(name)s adalah %(type)s.")
            % {"kind": row.kind.name, "name": product.name, "type": product.product_type.name},
            do=_("Betulkan produk yang dicakup sertifikat ini, atau jenis produknya."),
            facts=(str(row.pk), product.product_type.name),
            mend=row,
        )


def _issued(plan: Plan) -> Iterator[tuple[Product, Certification]]:
    for product in plan.material.products:
        for row in product.certifications.all():
            if row.stage == CertificationStage.ISSUED:
                yield product, row
