"""Who gets the places of a promotion: rules in plain numbers, one answer for the same data, a reason for everybody.

Pure: no table is read here (docs/adr/0015-fair-selection.md).
"""

from promotions.fair_selection.choose import choose
from promotions.fair_selection.model import (
    Candidate,
    Outcome,
    Reason,
    ReasonKind,
    Rule,
    Rules,
    Shortfall,
    Trait,
    counted,
)

__all__ = ["Candidate", "Outcome", "Reason", "ReasonKind", "Rule", "Rules", "Shortfall", "Trait", "choose", "counted"]
