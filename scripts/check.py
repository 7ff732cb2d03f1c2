"""`make check`: everything that can be wrong without running the site. Each step shows its name; all are run."""

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
# As in production: TLS, a real host, a long secret, no .env of a developer's (an empty value is a value).
DEPLOYED = {
    "SITE_URL": "https://sentra.example.id",
    "SECRET_KEY": "only-for-make-check-" + "k4Jd93kslqPzmx81Lq0wVtRn" * 2,
    "ALLOWED_HOSTS": "sentra.example.id",
    "DATABASE_URL": "sqlite://:memory:",
    "DEBUG": "",
}
PACKAGES = ["semarang_ikm", "sentra", "products", "promotions"]
STEPS: dict[str, list[str]] = {
    "lint": [str(BIN / "ruff"), "check", "--quiet", "."],
    "format": [str(BIN / "ruff"), "format", "--check", "--quiet", "."],
    "templates compile": [sys.executable, "scripts/compile_templates.py"],
    "templates lint": [str(BIN / "djlint"), "templates", "--lint", "--quiet"],
    # Without its cache: after an edit the Django plugin can lose a manager it found before.
    "types": [str(BIN / "mypy"), "--no-incremental", *PACKAGES],
    "migrations": [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"],
    "deployment": [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
    "content": [sys.executable, "manage.py", "seed", "--check"],
    "translations": [sys.executable, "scripts/messages.py", "--check"],
}


def main() -> int:
    failed = []
    for name, command in STEPS.items():
        print(f"==> {name}", flush=True)
        started = time.monotonic()
        if subprocess.run(command, cwd=ROOT, check=False, env={**os.environ, **DEPLOYED}).returncode != 0:
            failed.append(name)
            print(f"    FAILED ({time.monotonic() - started:.1f} s)", flush=True)
    print(f"\nFailed: {', '.join(failed)}." if failed else "\nAll checks passed.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
