"""Invented rows in any number, shaped like real ones: for measuring, and for trying the site out.

They never ship. Every row is marked in its name and its address (synthetic.marks), so that nobody mistakes one for a
real business and `remove` finds them all.
"""

from semarang_ikm.synthetic.generate import Made, NothingToStandOn, generate
from semarang_ikm.synthetic.removal import RowsInUse, remove

__all__ = ["Made", "NothingToStandOn", "RowsInUse", "generate", "remove"]
