"""What tests of paper stand on."""

import pytest

from promotions.catalogue import pdf
from promotions.press import boxes


@pytest.fixture
def engine() -> None:
    """What sets type; a machine without it skips the test and says what is missing."""
    try:
        pdf.engine()
    except pdf.PdfUnavailable as missing:
        pytest.skip(f"the PDF libraries are not installed on this machine: {missing}")


@pytest.fixture
def press(engine: None) -> None:
    """What joins and marks press files besides."""
    try:
        boxes.library()
    except pdf.PdfUnavailable as missing:
        pytest.skip(f"the PDF libraries are not installed on this machine: {missing}")
