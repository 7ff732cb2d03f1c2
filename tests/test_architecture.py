"""The rooms of the house, walked: imports point down, the domain never sees the web, the public begins at published().

Every import counts, also one inside a function. The rules stand in docs/adr/0001-three-apps.md.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parent.parent
# Lower rooms first; a room may use those before it.
ROOMS = ["semarang_ikm.shared", "sentra", "products", "promotions", "semarang_ikm"]
WEB = {"views", "filters", "urls", "admin", "templatetags", "feeds", "forms", "management", "list_view", "filterset"}
PUBLISHABLE = {"Sentra", "Ikm", "Product", "Promotion"}
# Work for staff and programs, on rows of every status.
BEHIND_THE_COUNTER = {
    "actions",
    "admin",
    "content",
    "duplicates",
    "exchange",
    "indexing",
    "lineage",
    "management",
    "models",
    "personal_data",
    "synthetic",
}
MAX_VIEW_LINES = 25
MAX_FILE_LINES = 400


@dataclass(frozen=True)
class Module:
    path: Path

    @cached_property
    def name(self) -> str:
        parts = self.path.relative_to(ROOT).with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.path.read_text(encoding="utf-8"))

    @property
    def room(self) -> str:
        return room_of(self.name)

    @property
    def is_web(self) -> bool:
        return is_web(self.name)

    @property
    def below_room(self) -> set[str]:
        """The names of its folders and itself, below the room."""
        return set(self.name.removeprefix(self.room).strip(".").split("."))

    def imports(self) -> Iterator[tuple[int, str]]:
        """Every module of ours that this one imports, with the line."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                assert node.level == 0, f"{self.name}:{node.lineno} imports relatively"
                # `from sentra import filters` imports a module, `from sentra.models import Ikm` a name in one.
                names = [f"{node.module}.{alias.name}" for alias in node.names]
            else:
                continue
            for name in names:
                if name.split(".")[0] in {room.split(".")[0] for room in ROOMS}:
                    yield node.lineno, name

    def calls(self) -> Iterator[ast.Call]:
        return (node for node in ast.walk(self.tree) if isinstance(node, ast.Call))

    def at(self, line: int, what: str) -> str:
        return f"{self.path.relative_to(ROOT)}:{line} {what}"


def room_of(name: str) -> str:
    return next((room for room in ROOMS if name == room or name.startswith(f"{room}.")), "")


def is_web(name: str) -> bool:
    return bool(WEB & set(name.removeprefix(room_of(name)).split(".")))


MODULES = [
    Module(path)
    for folder in ("semarang_ikm", "sentra", "products", "promotions")
    for path in sorted((ROOT / folder).rglob("*.py"))
    if "migrations" not in path.parts
]
PUBLIC = [module for module in MODULES if not BEHIND_THE_COUNTER & module.below_room]
VIEWS = [module for module in MODULES if "views" in module.below_room]


def forbidden(module: str, imported: str) -> str:
    """Why one module must not import the other; "" when it may."""
    here, there = room_of(module), room_of(imported)
    if here == "semarang_ikm":
        return ""
    if there == "semarang_ikm":
        return "only the root may import the root"
    if here == "semarang_ikm.shared" and there != here:
        return "shared imports no app"
    if not is_web(module):
        if ROOMS.index(there) > ROOMS.index(here):
            return "imports point down"
        if is_web(imported):
            return "the domain never imports the web"
    elif is_web(imported) and there not in (here, "semarang_ikm.shared"):
        return "no web layer uses another app's web layer"
    return ""


def test_the_house_was_found() -> None:
    assert {module.room for module in MODULES} == set(ROOMS)
    assert len(MODULES) > 60


@pytest.mark.parametrize(
    ("module", "imported", "allowed"),
    [
        ("sentra.consent", "sentra.models.Ikm", True),
        ("sentra.consent", "products.models.Product", False),
        ("sentra.filters", "products.matching.types_below", True),
        ("sentra.filters", "products.views.products", False),
        ("sentra.models.ikm", "sentra.views.ikm", False),
        ("products.querysets", "sentra.querysets.public_name", True),
        ("products.querysets", "semarang_ikm.settings", False),
        ("semarang_ikm.shared.text", "sentra.codes", False),
        ("semarang_ikm.shared.models", "semarang_ikm.middleware", False),
        ("semarang_ikm.views.pages", "products.views", True),
    ],
)
def test_the_rule_itself(module: str, imported: str, allowed: bool) -> None:
    assert (forbidden(module, imported) == "") == allowed


def test_imports_point_down() -> None:
    wrong = [
        module.at(line, f"imports {imported}: {reason}")
        for module in MODULES
        for line, imported in module.imports()
        if (reason := forbidden(module.name, imported))
    ]
    assert wrong == []


def test_no_room_reaches_up_by_a_models_name() -> None:
    """`get_model("products.Product")` and string foreign keys are imports in disguise."""
    upper = {room: {f"{name}." for name in ROOMS[number + 1 :]} for number, room in enumerate(ROOMS)}
    wrong = [
        module.at(node.lineno, f"names {node.value!r}")
        for module in MODULES
        if module.room != "semarang_ikm" and not module.is_web
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and " " not in node.value
        and any(node.value.startswith(name) for name in upper[module.room] - {"semarang_ikm."})
    ]
    assert wrong == []


def test_no_domain_asks_an_upper_rooms_question() -> None:
    """A reverse relation that an upper app brought along belongs to that app's querysets."""
    wrong = []
    for module in MODULES:
        if module.room in ("sentra", "products") and not module.is_web:
            brought = _relations_from_above(module.room)
            for call in module.calls():
                names = [keyword.arg for keyword in call.keywords if keyword.arg]
                names += [a.value for a in call.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
                if _callee(call) in QUERYING:
                    wrong += [module.at(call.lineno, name) for name in names if name.split("__")[0] in brought]
    assert wrong == []


QUERYING = {"filter", "exclude", "annotate", "prefetch_related", "Q", "F", "Count", "Max", "Min", "Prefetch", "values"}


def _relations_from_above(room: str) -> set[str]:
    above = set(ROOMS[ROOMS.index(room) + 1 :])
    found = {
        relation.get_accessor_name()
        for model in apps.get_app_config(room).get_models()
        for relation in model._meta.related_objects
        if relation.related_model._meta.app_label in above
    }
    # A name that a model of the room itself also has means that model's field.
    own = {field.name for model in apps.get_app_config(room).get_models() for field in model._meta.fields}
    return found - own - {None}


# -- what the public sees ---------------------------------------------------------------------------------------------


def test_public_modules_begin_at_published() -> None:
    wrong = []
    for module in PUBLIC:
        parents = {child: node for node in ast.walk(module.tree) for child in ast.iter_child_nodes(node)}
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Attribute) and node.attr in ("objects", "_default_manager", "_base_manager"):
                names_a_row = isinstance(node.value, ast.Name) and node.value.id in PUBLISHABLE
                following = parents.get(node)
                begins = isinstance(following, ast.Attribute) and following.attr in ("published", "archived")
                if names_a_row and not begins:
                    wrong.append(module.at(node.lineno, ast.unparse(node)))
    assert wrong == []


def test_nobody_retypes_the_status_test() -> None:
    """Asking for a status is the querysets' business; setting one is the actions'."""
    asking = {"filter", "exclude", "get", "Q", "get_or_create", "update_or_create"}
    wrong = []
    for module in MODULES:
        if "querysets" in module.below_room or "models" in module.below_room or "admin" in module.below_room:
            continue
        for call in module.calls():
            for keyword in call.keywords:
                name = keyword.arg or ""
                if _callee(call) in asking and (name == "status" or "__status" in name or name.startswith("status__")):
                    wrong.append(module.at(call.lineno, name))
    assert wrong == []


def test_list_views_read_no_parameter_by_hand() -> None:
    wrong = [
        module.at(node.lineno, ast.unparse(node))
        for module in VIEWS
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Subscript) and ast.unparse(node.value).endswith("request.GET")
    ]
    assert wrong == []


def test_views_fit_on_a_screen() -> None:
    wrong = [
        module.at(node.lineno, f"{node.name} has {lines} lines")
        for module in VIEWS
        for node in ast.walk(module.tree)
        if isinstance(node, ast.FunctionDef) and (lines := (node.end_lineno or 0) - node.lineno + 1) > MAX_VIEW_LINES
    ]
    assert wrong == []


# -- smells -----------------------------------------------------------------------------------------------------------


def test_files_stay_short() -> None:
    folders = ["semarang_ikm", "sentra", "products", "promotions", "tests", "scripts", "templates", "static"]
    wrong = [
        f"{path.relative_to(ROOT)} has {lines} lines"
        for folder in folders
        for path in sorted((ROOT / folder).rglob("*"))
        if path.suffix in {".py", ".html", ".css", ".js"} and "migrations" not in path.parts
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > MAX_FILE_LINES
    ]
    assert wrong == []


def test_no_door_past_escaping_csrf_or_the_orm() -> None:
    never = {"mark_safe", "csrf_exempt", "RawSQL", "extra", "SafeString", "raw"}
    wrong = []
    for module in MODULES:
        wrong += [module.at(call.lineno, _callee(call)) for call in module.calls() if _callee(call) in never]
        wrong += [
            module.at(node.lineno, ast.unparse(node))
            for node in ast.walk(module.tree)
            if isinstance(node, ast.Name) and node.id in {"mark_safe", "csrf_exempt", "SafeString"}
        ]
        wrong += [
            module.at(call.lineno, "format_html with a composed text")
            for call in module.calls()
            if _callee(call) == "format_html" and call.args and not isinstance(call.args[0], ast.Constant)
        ]
    assert wrong == []


def test_no_form_or_filter_takes_all_fields() -> None:
    wrong = [
        module.at(node.lineno, "__all__ as fields")
        for module in MODULES
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Assign)
        and isinstance(node.value, ast.Constant)
        and node.value.value == "__all__"
        and any(isinstance(target, ast.Name) and target.id == "fields" for target in node.targets)
    ]
    assert wrong == []


def test_no_drawer_for_everything() -> None:
    names = {part for module in MODULES for part in module.name.split(".")}
    assert not names & {"utils", "util", "common", "misc", "helpers"}


def test_no_manager_hides_rows_by_default() -> None:
    for label in ("sentra", "products", "promotions"):
        for model in apps.get_app_config(label).get_models():
            assert not model._default_manager.get_queryset().query.where.children, model


def _callee(call: ast.Call) -> str:
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""
