from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from semarang_ikm.content import CONTENT_FOLDER, MistakesInContent, Problem, load, problems_of, read_content


class Command(BaseCommand):
    help = "Load the shipped content. What staff changed or deleted stays as staff left it."
    # `--check` runs where there is no database.
    requires_migrations_checks = False
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="Only check the files; write nothing.")
        parser.add_argument("--folder", type=Path, default=CONTENT_FOLDER, help="Where the files are.")

    def handle(self, *args: Any, **options: Any) -> None:
        content = read_content(options["folder"])
        if options["check"]:
            if problems := problems_of(content):
                raise _refusal(problems)
            self._say(options, f"The content is right: {len(content.rows)} rows.")
            return
        try:
            report = load(content)
        except MistakesInContent as mistakes:
            raise _refusal(mistakes.problems) from mistakes
        self._say(options, f"Content: {report}.")
        for conflict in report.conflicts:
            self.stderr.write(f"Left out, because it does not fit beside what staff entered: {conflict}")

    def _say(self, options: dict[str, Any], text: str) -> None:
        if options["verbosity"]:
            self.stdout.write(text)


def _refusal(problems: list[Problem]) -> CommandError:
    lines = "\n".join(f"  {problem}" for problem in problems)
    return CommandError(f"The content has mistakes; nothing was written:\n{lines}")
