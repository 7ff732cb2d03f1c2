"""What npm brings is pinned by a lock that says the checksums, and not where the packages came from."""

import json

import pytest

from tests.scripts import load

node_tools = load("scripts/node_tools.py")
TOOLS = sorted(path.name for path in node_tools.LOCKS.iterdir())


@pytest.mark.parametrize("tool", TOOLS)
def test_every_package_has_its_checksum_and_no_address(tool: str) -> None:
    packages = json.loads((node_tools.LOCKS / tool / "package-lock.json").read_text())["packages"]
    brought = {name: package for name, package in packages.items() if name}
    assert brought
    assert [name for name, package in brought.items() if not package["integrity"].startswith("sha512-")] == []
    assert [name for name, package in brought.items() if "resolved" in package] == []


@pytest.mark.parametrize("tool", TOOLS)
def test_versions_are_exact(tool: str) -> None:
    wanted = json.loads((node_tools.LOCKS / tool / "package.json").read_text())["dependencies"]
    assert all(version[0].isdigit() for version in wanted.values())


def test_another_lock_means_another_installation(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(node_tools, "ROOT", tmp_path)
    monkeypatch.setattr(node_tools, "LOCKS", tmp_path / "locks")
    for where in (tmp_path / "locks" / "html", node_tools.folder("html")):
        where.mkdir(parents=True)
        (where / "package-lock.json").write_text("{}")
    assert not node_tools.installed("html")
    (node_tools.folder("html") / "complete").touch()
    assert node_tools.installed("html")
    (tmp_path / "locks" / "html" / "package-lock.json").write_text('{"lockfileVersion": 3}')
    assert not node_tools.installed("html")


def test_without_npm_nothing_is_installed_and_that_is_said(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(node_tools, "ROOT", tmp_path)
    monkeypatch.setenv("PATH", "")
    assert node_tools.install("html") is False
