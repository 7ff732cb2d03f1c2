"""What a check says. A finding is known again by its check, its code and the facts behind it."""

from dataclasses import dataclass
from enum import Enum
from hashlib import sha256

from django.db.models import Model


class Level(Enum):
    """Red blocks publishing; amber lets it pass with a reason that is kept."""

    RED = "red"
    AMBER = "amber"


@dataclass(frozen=True)
class Finding:
    """One thing to look at, told to an officer: what it is, and what to do."""

    check: str
    level: Level
    # Of the product, business or sentra; "" where it is the edition or the server.
    code: str
    says: str
    do: str
    # What a reason was given for: it no longer counts when one of these changes.
    facts: tuple[str, ...] = ()
    # Whose admin page mends it; None: no page does.
    mend: Model | None = None

    @property
    def key(self) -> str:
        digest = sha256("\0".join(self.facts).encode()).hexdigest()[:12]
        return f"{self.check}:{self.code}:{digest}"

    @property
    def is_red(self) -> bool:
        return self.level == Level.RED
