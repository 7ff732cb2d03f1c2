"""Makes the pictures that Pillow needs from our own SVGs: `.venv/bin/python scripts/draw_tiles.py`, after a change to one.

Share cards are drawn where no SVG renderer is: each pattern becomes a small grey mask, with its colour and the hash of
its SVG inside. The icons that browsers ask for by name come from the mark. Needs Chromium (tests/e2e/conftest.py).
"""

import hashlib
import re
import shutil
from io import BytesIO
from pathlib import Path

from PIL import Image
from PIL.PngImagePlugin import PngInfo
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PATTERNS = ROOT / "static" / "patterns"
TILES = ROOT / "semarang_ikm" / "shared" / "cards" / "tiles"
ICONS = ROOT / "static" / "icons"
NOT_TILES = {"mark", "pintu", "blekok"}
SCALE = 2


def main() -> None:
    with sync_playwright() as playwright:
        executable = shutil.which("chromium") or shutil.which("chromium-browser")
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        for source in sorted(PATTERNS.glob("*.svg")):
            if source.stem not in NOT_TILES:
                tile(browser, source)
        mark(browser, PATTERNS / "mark.svg")
        browser.close()


def tile(browser: Browser, source: Path) -> None:
    """The lines of one repeat as a mask: white where the colour goes."""
    svg = source.read_text(encoding="utf-8")
    colour = re.search(r"#[0-9A-Fa-f]{6}", svg).group().lower()
    drawn = render(browser, svg, SCALE).getchannel("A")
    notes = PngInfo()
    notes.add_text("colour", colour)
    notes.add_text("source", hashlib.sha256(source.read_bytes()).hexdigest())
    drawn.quantize(16).convert("L").save(TILES / f"{source.stem}.png", pnginfo=notes, optimize=True)


def mark(browser: Browser, source: Path) -> None:
    svg = source.read_text(encoding="utf-8")
    ICONS.mkdir(exist_ok=True)
    notes = PngInfo()
    notes.add_text("source", hashlib.sha256(source.read_bytes()).hexdigest())
    render(browser, svg, 3).quantize(32).save(TILES / "mark.png", pnginfo=notes, optimize=True)
    # A home screen shows it on its own ground, with air around it.
    ground = Image.new("RGB", (180, 180), "#fffdf8")
    large = render(browser, svg, 4.5)
    ground.paste(large, ((180 - large.width) // 2, (180 - large.height) // 2), large)
    ground.quantize(32).save(ICONS / "apple-touch-icon.png", pnginfo=notes, optimize=True)
    render(browser, svg, 1).save(ICONS / "favicon.ico", sizes=[(32, 32)], bitmap_format="png")


def render(browser: Browser, svg: str, scale: float) -> Image.Image:
    """An SVG on nothing, `scale` pixels to its unit."""
    width, height = (int(number) for number in re.search(r'width="(\d+)" height="(\d+)"', svg).groups())
    page = browser.new_page(viewport={"width": width, "height": height}, device_scale_factor=scale)
    page.set_content(f"<style>body{{margin:0}}svg{{display:block}}</style>{svg}")
    drawn = Image.open(BytesIO(page.screenshot(omit_background=True)))
    page.close()
    return drawn.convert("RGBA")


if __name__ == "__main__":
    main()
