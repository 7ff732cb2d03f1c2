"""What `collectstatic` makes of the styles: patterns inside, everything else under the name of its content."""

import re
from pathlib import Path

import pytest
from django.core.files.base import ContentFile

from semarang_ikm.shared.static_files import InliningStaticFilesStorage, as_data

DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8">
  <path fill="#7A3E12" d="M0 0h8"/>
</svg>
"""
STYLE = """
.door { mask: url(../patterns/uji.svg) 0 0/48px repeat-x; }
.photo { background: url("../icons/uji.png"); }
"""


@pytest.fixture
def style(tmp_path: Path) -> str:
    """The style as visitors get it."""
    storage = InliningStaticFilesStorage(location=str(tmp_path), base_url="/static/")
    files = {"patterns/uji.svg": DRAWING, "icons/uji.png": "png", "css/uji.css": STYLE}
    for name, content in files.items():
        storage.save(name, ContentFile(content.encode()))
    for _name, _hashed, processed in storage.post_process({name: (storage, name) for name in files}):
        assert not isinstance(processed, Exception), processed
    return (tmp_path / storage.hashed_files["css/uji.css"]).read_text()


def test_a_pattern_travels_inside_the_style(style: str) -> None:
    assert "patterns/uji.svg" not in style
    assert "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'" in style
    assert style.count("0 0/48px repeat-x") == 1


def test_anything_else_keeps_its_address_and_gets_the_name_of_its_content(style: str) -> None:
    assert re.search(r'url\("\.\./icons/uji\.[0-9a-f]{12}\.png"\)', style)


def test_nothing_in_the_address_ends_it_early() -> None:
    address = as_data('<svg a="1"><title>50 % & "x" #2</title></svg>')
    assert not set('"<>#%&\n') & set(re.sub(r"%[0-9A-F]{2}", "", address))
