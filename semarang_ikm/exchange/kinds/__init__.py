"""What can be imported and exported. A kind declares its columns and how its rows are recognised and written."""

from semarang_ikm.exchange.choices import KindName
from semarang_ikm.exchange.kinds.base import Kind
from semarang_ikm.exchange.kinds.certificates import CertificateRows
from semarang_ikm.exchange.kinds.ikm import IkmRows
from semarang_ikm.exchange.kinds.products import ProductRows
from semarang_ikm.exchange.kinds.sentra import SentraRows

KINDS: dict[str, Kind] = {
    str(kind.name.value): kind for kind in (IkmRows(), ProductRows(), CertificateRows(), SentraRows())
}

__all__ = ["KINDS", "Kind", "KindName"]
