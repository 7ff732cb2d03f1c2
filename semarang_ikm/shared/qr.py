"""QR codes of permanent codes. A printed one lives for ever, so none is made for an address that will die."""

import ipaddress
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from urllib.parse import urlsplit

import segno

# Modules of white around a code, as the standard asks.
QUIET_ZONE = 4


@dataclass(frozen=True)
class Qr:
    """A QR code as one SVG path, to be stroked one module wide, on a square of `size` modules, quiet zone included."""

    size: int
    path: str
    address: str


def lasting_site(site_url: str) -> str:
    """The public address without its trailing slash, or "" when it is unset or leads to the machine itself."""
    host = urlsplit(site_url).hostname or ""
    if not host or host == "localhost" or host.endswith(".localhost"):
        return ""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return site_url.rstrip("/")
    return "" if address.is_loopback or address.is_unspecified else site_url.rstrip("/")


def permanent_address(site: str, code: str) -> str:
    """Where a code leads for ever, or "" without a lasting site."""
    return f"{site}/k/{code}" if site else ""


@lru_cache(maxsize=1024)
def qr_of(address: str) -> Qr | None:
    """The code of an address, corrected up to a quarter of damage (level Q), or None without an address."""
    return drawn(address, error="q") if address else None


def drawn(address: str, *, error: str) -> Qr:
    """The same at another level of correction, and kept nowhere: for what is nobody else's business."""
    symbol = segno.make(address, error=error, micro=False, boost_error=False)
    rows = [list(row) for row in symbol.matrix_iter(border=QUIET_ZONE)]
    return Qr(size=len(rows), path=_path(rows), address=address)


def _path(rows: list[list[int]]) -> str:
    """Every run of dark modules as one line through their middle: half the words of rectangles, and quick to set."""
    steps = []
    for y, row in enumerate(rows):
        x = 0
        for dark, run in groupby(row):
            width = len(list(run))
            if dark:
                steps.append(f"M{x} {y}.5h{width}")
            x += width
    return "".join(steps)
