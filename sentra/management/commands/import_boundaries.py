"""Puts borders of the kecamatan from a GeoJSON file on the map, in place of the schematic one."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from sentra.actions.boundaries import replace_boundaries, reset_boundaries
from sentra.map.arcs import CannotDraw, draw
from sentra.map.boundaries import MAX_BYTES, Boundaries, KnownArea, Refused, read
from sentra.map.drawing import short_name
from sentra.models import Kecamatan, Kelurahan


class Command(BaseCommand):
    help = "Gambar peta dari batas wilayah dalam berkas GeoJSON (kode Kemendagri 33.74.xx atau 33.74.xx.xxxx)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, metavar="FILE", help="Berkas GeoJSON, WGS 84.")
        parser.add_argument("--dry-run", action="store_true", help="Periksa dan laporkan saja.")
        parser.add_argument("--source", default="", help="Sumber yang ditulis di bawah peta; bawaan: dari berkas.")
        parser.add_argument("--dated", type=date.fromisoformat, metavar="YYYY-MM-DD", help="Tanggal batas itu berlaku.")
        parser.add_argument("--official", action="store_true", help="Batas ini resmi; tanpa ini ditulis indikatif.")
        parser.add_argument("--reset", action="store_true", help="Kembali ke peta skematis bawaan.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["reset"]:
            self._reset(dry_run=options["dry_run"])
            return
        if options["file"] is None:
            raise CommandError(_("Sebutkan berkasnya, atau --reset."))
        known = known_areas()
        try:
            found = read(_content(options["file"]), known)
            drawing = draw(found.areas, lambda code: short_name(known[code].name))
        except Refused as refusal:
            raise CommandError(_refusal(*refusal.reasons)) from refusal
        except CannotDraw as refusal:
            raise CommandError(_refusal(_("Batas-batas ini tidak bersambung menjadi satu peta."))) from refusal
        source = " ".join(options["source"].split()) or found.source
        if not source:
            raise CommandError(_refusal(_("Berkas ini tidak menyebut sumbernya; tulis dengan --source.")))
        if len(source) > 300:
            raise CommandError(_refusal(_("Sumbernya lebih dari 300 huruf; ringkas dengan --source.")))
        self._report(found, known, source)
        if options["dry_run"]:
            self.stdout.write(_("Hanya diperiksa; tidak ada yang diubah."))
            return
        replace_boundaries(
            drawing=drawing,
            source=source,
            level=found.level,
            is_official=options["official"],
            dated_on=options["dated"],
        )
        self.stdout.write(_("Peta kini memakai batas ini. Kembali ke peta skematis: import_boundaries --reset."))

    def _reset(self, *, dry_run: bool) -> None:
        if dry_run:
            self.stdout.write(_("Hanya diperiksa; tidak ada yang diubah."))
        elif reset_boundaries():
            self.stdout.write(_("Peta kembali skematis."))
        else:
            self.stdout.write(_("Peta memang sudah skematis."))

    def _report(self, found: Boundaries, known: dict[str, KnownArea], source: str) -> None:
        """Which areas would be drawn, with their extent."""
        for code, area in found.areas.items():
            self.stdout.write(f"{code} {known[code].name}: {area.area:.2f} km²")
        self.stdout.write(_("Sumber: %(source)s") % {"source": source})


def known_areas() -> dict[str, KnownArea]:
    """Every kecamatan and kelurahan of the city, by code."""
    rows = [*Kecamatan.objects.all(), *Kelurahan.objects.all()]
    return {row.code: KnownArea(row.name, float(row.latitude), float(row.longitude)) for row in rows}


def _content(path: Path) -> bytes:
    """One byte more than may be read, so that too much is noticed. Raises Refused."""
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as problem:
        raise Refused(_("Berkas tidak terbaca: %(reason)s.") % {"reason": problem.strerror}) from problem


def _refusal(*reasons: str) -> str:
    return "\n".join([_("Berkas ditolak; tidak ada yang diubah:"), *(f"  {reason}" for reason in reasons)])
