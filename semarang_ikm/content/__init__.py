"""The shipped content: readable files under fixtures/, checked, and loaded without overwriting what staff changed.

`read_content` turns the files into rows, `problems_of` checks them without a database, `load` writes them.
The rules are in docs/content.md.
"""

from semarang_ikm.content.loader import MistakesInContent, Report, load
from semarang_ikm.content.reading import CONTENT_FOLDER, Content, read_content
from semarang_ikm.content.rows import Problem, Row
from semarang_ikm.content.validation import problems_of

__all__ = [
    "CONTENT_FOLDER",
    "Content",
    "MistakesInContent",
    "Problem",
    "Report",
    "Row",
    "load",
    "problems_of",
    "read_content",
]
