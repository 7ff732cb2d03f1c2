"""Reads every template of the project: a wrong tag, filter or file name is found before a visitor finds it."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "semarang_ikm.settings")

import django  # noqa: E402 - only after the path and the settings

django.setup()

from django.template import Template, TemplateDoesNotExist, TemplateSyntaxError, Variable  # noqa: E402 - as above
from django.template.base import FilterExpression  # noqa: E402 - as above
from django.template.loader import get_template  # noqa: E402 - as above
from django.template.loader_tags import ExtendsNode, IncludeNode  # noqa: E402 - as above

SUFFIXES = {".html", ".txt", ".xml", ".svg"}


def constant(expression: FilterExpression) -> str | None:
    """The file that `extends` or `include` names literally; None where it is decided while rendering."""
    name = expression.var
    return None if isinstance(name, Variable) or expression.filters else str(name)


def problems_of(name: str) -> list[str]:
    try:
        template: Template = get_template(name).template
    except (TemplateSyntaxError, TemplateDoesNotExist) as error:
        return [f"templates/{name}: {error}"]
    found = []
    for node in template.nodelist.get_nodes_by_type((ExtendsNode, IncludeNode)):
        expression = node.parent_name if isinstance(node, ExtendsNode) else node.template
        if wanted := constant(expression):
            try:
                get_template(wanted)
            except TemplateDoesNotExist:
                found.append(f"templates/{name}:{node.token.lineno}: there is no template {wanted}")
            except TemplateSyntaxError:
                pass  # said where that template's own turn comes
    return found


def main() -> int:
    folder = ROOT / "templates"
    names = sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.suffix in SUFFIXES)
    problems = [problem for name in names for problem in problems_of(name)]
    print("\n".join(problems) or f"{len(names)} templates compile.")
    return 1 if problems or not names else 0


if __name__ == "__main__":
    sys.exit(main())
