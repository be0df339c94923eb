"""Take a picture of every view of the page: usage scripts/run screenshots LIBRARY FOLDER.

At 1440, 1024 and 390 pixels, light and dark. Says what is wider than the window, what axe finds (in
the largest and the smallest), how heavy the first page is and whether anything outside was asked for.
"""

import shutil
import sys
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any, Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright
from serving import served

WIDTHS = {1440: 900, 1024: 768, 390: 844}  # pixels, with the height
AXE = (1440, 390)  # where axe looks, too
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
HEAVIEST = 60_000  # bytes of the first page
VIEWS = ("library", "add", "map", "figures", "kept")


def main() -> None:
    """Serve the library, visit every view in every size and colour, and report."""
    library, folder = map(Path, sys.argv[1:3])
    folder.mkdir(parents=True, exist_ok=True)
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    faults: list[str] = []
    with served(library, "--write", ready="/healthz") as base, sync_playwright() as tools:
        browser = tools.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        weight = first_weight(browser, base)
        addresses = views(browser, base)
        for name, width, scheme in product(addresses, WIDTHS, SCHEMES):
            place = folder / f"{name}-{width}-{scheme}.png"
            size: Any = {"width": width, "height": WIDTHS[width]}
            page = browser.new_page(viewport=size, color_scheme=scheme)
            faults += [f"{place.name}: {fault}" for fault in pictured(page, addresses[name], place)]
            page.close()
        browser.close()

    if weight > HEAVIEST:
        faults.append(f"The first page has {weight:,} bytes.")
    print(f"{len(addresses)} views, first page {weight:,} bytes, {len(faults)} faults")
    print("\n".join(faults))
    sys.exit(1 if faults else 0)


def first_weight(browser: Browser, base: str) -> int:
    """Return the bytes that the start page takes until nothing more is asked for."""
    page = browser.new_page()
    sizes: list[int] = []
    page.on("requestfinished", lambda request: sizes.append(_size(request)))
    page.goto(base)
    page.wait_for_selector("main h1")
    page.wait_for_load_state("networkidle")
    page.close()
    return sum(sizes)


def _size(request: Any) -> int:
    sizes = request.sizes()
    return int(sizes["responseBodySize"] + sizes["responseHeadersSize"])


def views(browser: Browser, base: str) -> dict[str, str]:
    """Return the address of every view, by name; those of an answer need a question."""
    found = {"start": f"{base}/"} | {name: f"{base}/?view={name}" for name in VIEWS}
    page = browser.new_page()
    page.goto(base)
    page.wait_for_load_state("networkidle")
    question = page.locator(".suggested a").first
    if question.count():
        question.click()
        page.wait_for_selector(".answer .cite")
        found["ask"] = page.url.partition("&c=")[0]
        page.locator(".quotes .from a").first.click()
        page.wait_for_selector(".entries")
        found["source"] = page.url
        page.go_back()
        page.locator(".cite").first.click()
        page.wait_for_selector(".reader mark")
        found["read"] = page.url
    found["declined"] = f"{base}/?q=what+is+Zorblax-9%3F"
    page.close()
    return found


def pictured(page: Page, address: str, place: Path) -> Iterator[str]:
    """Take the picture of a view; yield what is wrong with it."""
    outside: list[str] = []
    width = page.viewport_size["width"] if page.viewport_size else 0
    here = address.partition("/?")[0].rstrip("/")
    page.on("request", lambda request: outside.append(request.url))
    page.goto(address)
    page.wait_for_selector("main h1")
    page.wait_for_load_state("networkidle")
    page.screenshot(path=place)
    yield from (url for url in outside if not url.startswith((here, "data:")))
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        yield "wider than the window"
    if width not in AXE:
        return
    for violation in Axe().run(page).response["violations"]:
        nodes = [node["html"][:120] for node in violation["nodes"][:2]]
        yield f"{violation['id']} ({violation['impact']}): {nodes}"


if __name__ == "__main__":
    main()
