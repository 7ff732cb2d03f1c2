"""`seed_synthetic --ikm N --products M --seed S`: rows for measuring and for trying the site out."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from semarang_ikm.synthetic import NothingToStandOn, RowsInUse, generate, remove

MOST = 2_000_000


class Command(BaseCommand):
    help = (
        'Adds synthetic businesses and products ("IKM Uji 00042") for measuring and trying out. '
        "--remove deletes all of them. Codes that they used stay used."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--ikm", type=int, default=None, help="businesses; a quarter of the products when not given"
        )
        parser.add_argument("--products", type=int, default=2000)
        parser.add_argument("--seed", type=int, default=1, help="the same number gives the same rows on the same day")
        parser.add_argument("--remove", action="store_true", help="delete every synthetic row and add none")
        parser.add_argument(
            "--yes-i-know", action="store_true", help="also on a site whose SITE_URL is https, that is, a real one"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["remove"]:
            self._remove()
        else:
            self._add(options)

    def _remove(self) -> None:
        try:
            removed = remove(self._progress)
        except RowsInUse as error:
            raise CommandError(
                "Nothing was removed. These are not synthetic but belong to synthetic rows; move or delete them "
                f"first: {'; '.join(error.args)}."
            ) from error
        self._progress(f"Removed {removed} synthetic rows.")

    def _add(self, options: dict[str, Any]) -> None:
        products = options["products"]
        ikm = options["ikm"] if options["ikm"] is not None else -(-products // 4)
        if not (0 <= ikm <= MOST and 0 <= products <= MOST):
            raise CommandError(f"--ikm and --products are numbers from 0 to {MOST}.")
        if settings.HTTPS and not options["yes_i_know"]:
            raise CommandError(
                f"{settings.SITE_URL} looks like a real site: synthetic rows would be public there and use up codes. "
                "Try them on a copy, or add --yes-i-know."
            )
        try:
            made = generate(ikm=ikm, products=products, seed=options["seed"], progress=self._progress)
        except NothingToStandOn as error:
            raise CommandError("There are no areas and product types yet. Run `manage.py seed` first.") from error
        self._progress(
            f"Added {made.sentra} sentra, {made.ikm} businesses, {made.products} products, {made.certificates} "
            f"certificates and {made.events} events. Remove them with: manage.py seed_synthetic --remove"
        )

    def _progress(self, text: str) -> None:
        # `verbosity` 0 is silent (tests, benchmarks).
        if self.verbosity:
            self.stdout.write(text)

    def execute(self, *args: Any, **options: Any) -> str | None:
        self.verbosity: int = options["verbosity"]
        return super().execute(*args, **options)
