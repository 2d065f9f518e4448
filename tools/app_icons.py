"""Draw the app's icons from smartedu/static/mark.svg into smartedu/static/icons/; run by hand when the mark changes.

`.venv/bin/python tools/app_icons.py` needs the browser of the journeys. «any» icons keep the mark's round corners;
a maskable one is cut to a circle by some phones, so that the mark stands in its inner 80 % on a full ground.
"""

import os
import re
import shutil
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

STATIC = Path(__file__).resolve().parents[1] / "smartedu" / "static"
GROUND = "#FBFAF7"  # the mark's own
ICONS = {  # name: (pixels, part of the width that the mark takes, full ground)
    "app-192": (192, 1.0, False),
    "app-512": (512, 1.0, False),
    "app-maskable-512": (512, 0.74, True),
    "touch-180": (180, 0.86, True),
}


def main() -> None:
    """Write every icon, reduced to 64 colours: a few KB each."""
    mark = (STATIC / "mark.svg").read_text(encoding="utf-8")
    folder = STATIC / "icons"
    folder.mkdir(exist_ok=True)
    program = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for name, (pixels, share, full) in ICONS.items():
            page = browser.new_page(viewport={"width": pixels, "height": pixels})
            drawing = re.sub(r"<rect[^>]*/>", "", mark) if full else mark
            ground = GROUND if full else "transparent"
            page.set_content(
                f"<style>body{{margin:0;height:100vh;display:grid;place-items:center;background:{ground}}}"
                f"svg{{width:{share * 100}%}}</style>{drawing}"
            )
            target = folder / f"{name}.png"
            page.screenshot(path=target, omit_background=True)
            with Image.open(target) as picture:
                picture.quantize(64, method=Image.Quantize.FASTOCTREE).save(target, optimize=True)
        browser.close()


if __name__ == "__main__":
    main()
