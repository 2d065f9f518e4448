"""Draw the pictures that stand beside a link when somebody hands it on, into smartedu/static/share/.

`.venv/bin/python tools/share_pictures.py` needs the browser of the journeys; run it by hand when covers or the mark
change. One picture a plate and a subject, 1200 x 630 (what Open Graph readers ask for), some 10 KB each.
"""

import os
import shutil
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from smartedu.rules.covers import FAMILIES, PLATES, Shape, cover_svg, family_of, hex_of

STATIC = Path(__file__).resolve().parents[1] / "smartedu" / "static"
SEED = "share"
COLOURS = 40
PAGE = """<style>
* {{ margin: 0 }}
body {{ width: 1200px; height: 630px; overflow: hidden; background: #FBFAF7; font-family: "Noto Sans CJK SC" }}
.cover {{ height: 470px; overflow: hidden }}
.cover svg {{ width: 1200px; margin-top: -100px; display: block }}
.foot {{ height: 160px; display: flex; align-items: center; gap: 28px; padding: 0 64px; box-sizing: border-box;
  border-top: 8px solid {hue}; color: #1F2328 }}
.foot svg {{ width: 88px; height: 88px }}
b {{ font-size: 52px; letter-spacing: -.01em }}
span {{ font-size: 44px; font-weight: 500; color: #57606A }}
</style><div class="cover">{cover}</div><div class="foot">{mark}<b>SmartEdu</b><span>智慧教育</span></div>"""


def main() -> None:
    """Write every picture, reduced to a few dozen colours."""
    mark = (STATIC / "mark.svg").read_text(encoding="utf-8")
    folder = STATIC / "share"
    folder.mkdir(exist_ok=True)
    program = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1200, "height": 630})
        for name in ("smartedu", *PLATES, *FAMILIES):
            subject = "course" if name == "smartedu" else name
            page.set_content(
                PAGE.format(
                    hue=hex_of(0.5, 0.1, family_of(subject).hue),
                    cover=cover_svg(SEED, subject, shape=Shape.LYING),
                    mark=mark,
                )
            )
            target = folder / f"{name}.png"
            page.screenshot(path=target)
            with Image.open(target) as picture:
                flat = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
                flat.save(target, optimize=True)
        browser.close()


if __name__ == "__main__":
    main()
