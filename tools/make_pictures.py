"""Make the pictures of the documentation anew from what StretchKit makes today.

    python tools/make_pictures.py               all of them
    python tools/make_pictures.py cards deck    those of layouts alone

The page of the site needs Chromium on PATH; without it that picture stays as it is.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pypdfium2
from PIL import Image

import stretchkit as sk
from stretchkit.layouts import LAYOUTS

IMAGES = Path(__file__).parent.parent / "docs" / "images"
ROUTINE, PAGE = "upper-back-relaxation", 4
SITE_PAGE = "exercises/seated-twist-chair.html"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
DPI = 90
PAGES, HEIGHT, WIDTH, GAP, GREY = 3, 560, 1200, 8, "#9a9a9a"
"""How many pages of a layout are shown, how large, and what is between them, pixels."""
COLOURS = 128


def handout_picture(library: sk.Library) -> Image.Image:
    """Return a page of a handout."""
    data = sk.render(sk.Handout(library.routine(ROUTINE), library, recipient="Ada"), "pdf")
    with pypdfium2.PdfDocument(data) as pdf:
        picture: Image.Image = pdf[PAGE - 1].render(scale=DPI / 72).to_pil()
    return picture


def layout_picture(library: sk.Library, layout: str) -> Image.Image:
    """Return the first pages of a handout in a layout, side by side."""
    handout = sk.Handout(library.routine(ROUTINE), library, recipient="Ada", layout=layout)
    with pypdfium2.PdfDocument(sk.render(handout, "pdf")) as pdf:
        first = [pdf[number] for number in range(min(PAGES, len(pdf)))]
        scale = min(HEIGHT / first[0].get_height(), WIDTH / sum(p.get_width() for p in first))
        pages = [page.render(scale=scale).to_pil() for page in first]
    width = sum(page.width + GAP for page in pages) - GAP
    picture = Image.new("RGB", (width + 2, pages[0].height + 2), GREY)
    left = 1
    for page in pages:
        picture.paste(page, (left, 1))
        left += page.width + GAP
    return picture


def site_picture(library: sk.Library, browser: str, size: tuple[int, int]) -> Image.Image:
    """Return the top of a page of the site, as large as the page of the handout."""
    with tempfile.TemporaryDirectory() as folder:
        sk.write_site(sk.build_site(library), Path(folder, "site"))
        target = Path(folder, "site.png")
        subprocess.run(
            [
                browser,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--hide-scrollbars",
                "--force-device-scale-factor=1",
                f"--window-size={size[0] * 4 // 3},{size[1] * 4 // 3}",
                f"--screenshot={target}",
                Path(folder, "site", SITE_PAGE).as_uri(),
            ],
            check=True,
            capture_output=True,
            timeout=120,
        )
        return Image.open(io.BytesIO(target.read_bytes())).convert("RGB").resize(size)


def save(picture: Image.Image, name: str) -> None:
    """Write a picture with a small palette: text on white needs few colours."""
    path = IMAGES / name
    path.parent.mkdir(parents=True, exist_ok=True)
    few = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(path, optimize=True)
    print(f"{path.stat().st_size:8}  {name}")


def main() -> None:
    """Write the pictures that are asked for."""
    library = sk.Library.bundled()
    asked = sys.argv[1:]
    for layout in asked or LAYOUTS:
        save(layout_picture(library, layout), f"layouts/{layout}.png")
    if asked:
        return
    handout = handout_picture(library)
    save(handout, "handout.png")
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser:
        save(site_picture(library, browser, handout.size), "site.png")
    else:
        print(f"no {BROWSERS[0]}: site.png is left as it is")


if __name__ == "__main__":
    main()
