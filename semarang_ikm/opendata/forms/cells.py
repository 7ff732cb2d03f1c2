"""How much a file of the open data may hold; what may stand in a cell is told by semarang_ikm.shared.cells."""

from semarang_ikm.shared.cells import MAX_CELL, safe

__all__ = ["MAX_CELL", "WORKBOOK_ROWS", "safe"]

# What one request may cost: a workbook cannot be sent before it is whole. The other forms have no limit.
WORKBOOK_ROWS = 20_000
