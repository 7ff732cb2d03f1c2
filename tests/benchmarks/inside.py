"""Work that is measured inside the site's own settings, each in a process of its own, so that its memory is its own."""

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.benchmarks.servers import ROOT


def ask(url: str, media: str, module: str, *arguments: object) -> Any:
    """What `main(*arguments)` of this module of benchmarks returns, on this database and these files."""
    words = ", ".join(repr(argument) for argument in arguments)
    inside = f"import json, django; django.setup(); from tests.benchmarks.{module} import main; print(json.dumps(main({words})))"
    finished = subprocess.run(
        [sys.executable, "-c", inside],
        cwd=ROOT,
        check=True,
        stdout=subprocess.PIPE,
        env={
            **os.environ,
            "DATABASE_URL": url,
            "MEDIA_ROOT": media,
            "ALLOWED_HOSTS": "127.0.0.1",
            "DJANGO_SETTINGS_MODULE": "semarang_ikm.settings",
        },
    )
    return json.loads(finished.stdout.splitlines()[-1])


def peak() -> float:
    """The most memory that this process had so far, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


@contextmanager
def timed(found: dict[str, Any], name: str) -> Iterator[None]:
    """Seconds by the clock and of this process's CPU, as `name` and `name_cpu`."""
    clock, cpu = time.perf_counter(), time.process_time()
    yield
    found[name], found[f"{name}_cpu"] = time.perf_counter() - clock, time.process_time() - cpu
