"""What an upper room adds to the list of a lower one: links above it, and actions on its rows."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Model
from django.http import HttpRequest

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class ListTool:
    """A link above a list. `address` gives "" where the officer may not use it; the list's filters are in the request."""

    label: "StrOrPromise"
    address: Callable[[HttpRequest], str]


_tools: dict[type[Model], list[ListTool]] = defaultdict(list)
_actions: dict[type[Model], list[Callable[..., Any]]] = defaultdict(list)


def add_tool(model: type[Model], tool: ListTool) -> None:
    _tools[model].append(tool)


def add_action(model: type[Model], action: Callable[..., Any]) -> None:
    """An action as `admin.action` makes it."""
    _actions[model].append(action)


def tools_of(model: type[Model], request: HttpRequest) -> list[tuple["StrOrPromise", str]]:
    """(label, address) of the links that this officer may use."""
    return [(tool.label, address) for tool in _tools[model] if (address := tool.address(request))]


def actions_of(model: type[Model]) -> list[Callable[..., Any]]:
    return _actions[model]
