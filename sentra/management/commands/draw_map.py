"""Computes the schematic map that ships, and measures a drawing against real borders."""

import csv
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from sentra.map import drawing, schematic
from sentra.map.arcs import draw
from sentra.map.boundaries import KnownArea, Refused, read
from sentra.map.measure import compare

AREAS_FILE = settings.BASE_DIR / "fixtures" / "areas.csv"
RECIPE = (
    "manage.py draw_map: Voronoi cells of the kelurahan points of areas.csv, joined by kecamatan (docs/adr/0007-map.md)"
)


class Command(BaseCommand):
    help = "Compute the schematic map from the kelurahan points of fixtures/areas.csv."
    # It reads and writes files only.
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="Write nothing; fail if the shipped map differs.")
        parser.add_argument("--compare", type=Path, metavar="FILE", help="Measure the map against these borders.")

    def handle(self, *args: Any, **options: Any) -> None:
        with AREAS_FILE.open(encoding="utf-8", newline="") as file:
            known = {
                row["code"]: KnownArea(row["name"], float(row["latitude"]), float(row["longitude"]))
                for row in csv.DictReader(file)
            }
        places = [
            schematic.Place(code[:8], area.latitude, area.longitude) for code, area in known.items() if len(code) > 8
        ]
        drawn = draw(schematic.areas_of(places), lambda code: drawing.short_name(known[code].name))
        text = drawing.to_json(drawn, RECIPE)
        if options["check"]:
            if drawing.SCHEMATIC_FILE.read_text(encoding="utf-8") != text:
                raise CommandError(
                    f"{drawing.SCHEMATIC_FILE.name} is not what the recipe gives: run manage.py draw_map."
                )
        else:
            drawing.SCHEMATIC_FILE.write_text(text, encoding="utf-8")
        size = sum(len(shape.path) for shape in drawn.shapes.values())
        self.stdout.write(f"{len(drawn.shapes)} areas, {size} bytes of paths.")
        if options["compare"]:
            try:
                real = read(options["compare"].read_bytes(), known)
            except (OSError, Refused) as refusal:
                raise CommandError(str(refusal)) from refusal
            self.stdout.write(str(compare(drawn, real.areas)))
