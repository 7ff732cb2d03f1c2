"""A factory per model of imports, as in tests.factories."""

from typing import Any

from semarang_ikm.exchange.models import ImportProposal, ProposalRow
from tests.factories import number, user


def import_proposal(**fields: Any) -> ImportProposal:
    """Read, and waiting to be decided on."""
    if "created_by" not in fields:
        fields["created_by"] = user()
    fields = {"kind": "usaha", "form": "xlsx", "file_name": "data.xlsx", "stage": "ready"} | fields
    return ImportProposal.objects.create(**{"digest": f"{number():064d}", "work_state": "done"} | fields)


def proposal_row(**fields: Any) -> ProposalRow:
    if "proposal" not in fields:
        fields["proposal"] = import_proposal()
    n = number()
    raw = {"name": f"KUB {n}"}
    fields = {
        "number": n,
        "state": "new",
        "name": f"KUB {n}",
        "raw": raw,
        "cells": [{"key": "name", "after": "x"}],
    } | fields
    return ProposalRow.objects.create(**fields)
