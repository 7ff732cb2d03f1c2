"""The repository keeps its own rules: what it promises is there, and nothing unfinished is."""

import re
import subprocess
from pathlib import Path

import pytest
from django.template import Engine
from django.template.loader import get_template

from sentra.choices import Pattern

ROOT = Path(__file__).resolve().parent.parent
TEXT = {
    ".py",
    ".html",
    ".css",
    ".js",
    ".md",
    ".toml",
    ".yaml",
    ".yml",
    ".sh",
    ".in",
    ".txt",
    ".po",
    ".csv",
    ".json",
    ".svg",
    ".conf",
}
# Written at length so that this file does not find itself.
UNFINISHED = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|XX" r"X|coming so" r"on|lorem ip" r"sum)\b", re.IGNORECASE)


def tracked() -> list[Path]:
    """Every file of the repository, also those not yet committed; nothing that git ignores."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("not a git working tree: nothing says which files belong to it")
    return [path for name in listed.stdout.splitlines() if (path := ROOT / name).is_file()]


def texts(*suffixes: str) -> list[tuple[Path, str]]:
    return [
        (path.relative_to(ROOT), path.read_text(encoding="utf-8", errors="replace"))
        for path in tracked()
        if path.suffix in (suffixes or TEXT)
    ]


def test_nothing_unfinished_is_committed() -> None:
    found = [
        f"{path}: {line.strip()}"
        for path, text in texts(".py", ".html", ".css", ".js", ".md", ".toml", ".sh", ".in")
        for line in text.splitlines()
        if UNFINISHED.search(line)
    ]
    assert found == []


def test_the_readme_begins_with_the_two_commands() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = re.findall(r"\bmake [a-z-]+", readme)
    assert commands[:2] == ["make serve", "make test"]


def test_local_links_in_the_documents_lead_somewhere() -> None:
    dead = []
    for path, text in texts(".md"):
        for target in re.findall(r"\]\(([^)#\s]+)", text):
            if "://" not in target and not (ROOT / path.parent / target).exists():
                dead.append(f"{path}: {target}")
    assert dead == []


def test_every_dependency_has_its_reason() -> None:
    missing = []
    for name in ("runtime.in", "dev.in"):
        reason = ""
        for line in (ROOT / "requirements" / name).read_text(encoding="utf-8").splitlines():
            if line.startswith("#"):
                reason = line
            elif line.startswith("-"):
                continue
            elif not line.strip():
                reason = ""
            elif not reason:
                missing.append(f"{name}: {line}")
            else:
                reason = ""
    assert missing == []


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_lock_files_are_hashed_and_name_no_registry(name: str) -> None:
    lock = (ROOT / name).read_text(encoding="utf-8")
    pinned = re.findall(r"^([a-z0-9][\w.\-\[\]]*)==", lock, re.MULTILINE | re.IGNORECASE)
    assert len(pinned) > 10
    assert "--hash=sha256:" in lock
    assert "://" not in lock
    blocks = re.split(r"\n(?=\S)", lock)
    assert [block.splitlines()[0] for block in blocks if "==" in block and "--hash=" not in block] == []


def test_what_runs_is_what_is_tested() -> None:
    def versions(name: str) -> dict[str, str]:
        lock = (ROOT / name).read_text(encoding="utf-8")
        return dict(re.findall(r"^([a-z0-9][\w.\-]*)(?:\[[^\]]*\])?==([^\s;\\]+)", lock, re.MULTILINE))

    runtime, dev = versions("requirements.txt"), versions("requirements-dev.txt")
    assert {name: (version, dev.get(name)) for name, version in runtime.items() if dev.get(name) != version} == {}


def test_every_template_compiles() -> None:
    folder = ROOT / "templates"
    names = [str(path.relative_to(folder)) for path in folder.rglob("*.html")]
    assert len(names) > 30
    for name in names:
        get_template(name)


def test_no_template_runs_or_styles_inline() -> None:
    """The content security policy would refuse it: better a failing test than a silent page.

    One text is not escaped: the chat message, which is never printed but percent-encoded into an address.
    """
    wrong = re.compile(
        r"""<script(?![^>]*\bsrc=)(?![^>]*application/ld\+json)|<style|\son[a-z]+=["']|\|safe\b|\{%\s*autoescape off(?! %\}\{% blocktranslate asvar message)"""
    )
    found = [
        f"{path}: {hit.group()}"
        for path, text in texts(".html")
        if path.parts[0] == "templates" and path.parts[1] != "catalogue"
        if (hit := wrong.search(text))
    ]
    assert found == []
    assert [
        path
        for path, text in texts(".html")
        if re.search(r"\{\{\s*message\s*(?:\}|\|(?!urlencode))", text) and path.parts[1] != "admin"
    ] == []


def test_every_pattern_has_its_drawing() -> None:
    missing = [value for value in Pattern.values if not (ROOT / "static" / "patterns" / f"{value}.svg").is_file()]
    assert missing == []


def test_every_exception_from_a_rule_gives_its_reason() -> None:
    """Behind it or in a comment above; once in a file is enough for one rule."""
    exception = re.compile(
        r"#\s*(noqa|type:\s*ignore|pragma: no cover)\b:?\s*(\[[\w, -]+\]|[A-Z]+\d+(?:,\s*[A-Z]+\d+)*)?(.*)$"
    )
    found = []
    for path, text in texts(".py"):
        explained, told = False, set()
        for number, line in enumerate(text.splitlines(), 1):
            if (hit := exception.search(line)) and not line.strip().startswith("#"):
                rule, reason = hit.group(1, 2), hit.group(3).strip(" -#")
                if explained or reason:
                    told.add(rule)
                elif rule not in told:
                    found.append(f"{path}:{number}")
            else:
                explained = line.strip().startswith("#")
    assert found == []


def test_no_secret_and_no_database_is_committed() -> None:
    names = [path.relative_to(ROOT) for path in tracked()]
    assert [
        name for name in names if name.suffix in {".sqlite3", ".key", ".pem"} or name.name in {".env", "secret_key"}
    ] == []


def test_the_engine_finds_templates_of_ours_first() -> None:
    assert Engine.get_default().find_template("404.html")[1].name.startswith(str(ROOT / "templates"))
