"""What this server itself must have before it prints."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from promotions.preflight.findings import Finding, Level
from promotions.preflight.plan import Plan
from semarang_ikm.shared.qr import lasting_site


def lasting_address(plan: Plan) -> Iterator[Finding]:
    if not lasting_site(plan.site_url):
        yield Finding(
            "lasting-address",
            Level.AMBER,
            "",
            says=_("Alamat situs (SITE_URL) belum tetap, jadi kode QR tidak dicetak."),
            do=_("Minta pengelola server mengisi alamat tetapnya sebelum edisi ini terbit."),
            facts=(plan.site_url,),
        )


def typefaces(plan: Plan) -> Iterator[Finding]:
    if not plan.typefaces.as_designed:
        yield Finding(
            "typefaces",
            Level.AMBER,
            "",
            says=_("Huruf katalog (Noto Serif Display dan Noto Sans) belum terpasang di server."),
            do=_("Minta pengelola server memasangnya; tanpa itu huruf pengganti yang dipakai."),
            facts=tuple(face.path.name for face in plan.typefaces.faces),
        )
