"""Under which licence the office gives the data away: none, until it has said so in the admin."""

from dataclasses import dataclass
from datetime import date

from sentra.models import OfficeProfile


@dataclass(frozen=True)
class Licence:
    """A licence that was granted. `attribution`: the line that the office wants to be named by, "" for none."""

    name: str
    url: str
    since: date
    attribution: str


def licence_of(office: OfficeProfile) -> Licence | None:
    if not office.data_licence or office.data_licence_since is None:
        return None
    return Licence(office.data_licence, office.data_licence_url, office.data_licence_since, office.data_attribution)
