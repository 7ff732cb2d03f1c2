"""The commands of the house. They are no package, so they are loaded by their path."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parent.parent.parent


def load(path: str) -> ModuleType:
    """`load("scripts/serve.py")`; a script may import its neighbours."""
    file = ROOT / path
    name = f"house_{file.stem.replace('.', '_')}"
    spec = importlib.util.spec_from_file_location(name, file)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    sys.path.insert(0, str(file.parent))
    try:
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(file.parent))
    return module
