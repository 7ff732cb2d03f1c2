"""Tools that npm brings, at the versions and checksums of their lock under tests/node/, installed below var/.

`python scripts/node_tools.py lock` renews the locks; no lock names where its packages came from.
"""

import filecmp
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ROOT / "tests" / "node"
QUIET = ["--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"]


def folder(tool: str) -> Path:
    return ROOT / "var" / "node" / tool


def installed(tool: str) -> bool:
    """Whether exactly what the lock says is there."""
    lock, kept = LOCKS / tool / "package-lock.json", folder(tool) / "package-lock.json"
    return (folder(tool) / "complete").exists() and filecmp.cmp(lock, kept, shallow=False)


def install(tool: str) -> bool:
    """Install the tool if it is not there; False when npm is missing or fails."""
    if installed(tool):
        return True
    if not shutil.which("npm"):
        return False
    shutil.rmtree(folder(tool), ignore_errors=True)
    shutil.copytree(LOCKS / tool, folder(tool))
    if subprocess.run(["npm", "ci", *QUIET], cwd=folder(tool), stdout=subprocess.DEVNULL, check=False).returncode:
        return False
    (folder(tool) / "complete").touch()
    return True


def lock() -> None:
    for tool in sorted(path for path in LOCKS.iterdir() if path.is_dir()):
        renew = ["npm", "install", "--package-lock-only", "--omit-lockfile-registry-resolved", *QUIET]
        subprocess.run(renew, cwd=tool, check=True)


if __name__ == "__main__" and sys.argv[1:] == ["lock"]:
    lock()
