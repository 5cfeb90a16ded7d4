"""What becomes of a drawing with places where the browser can move maps, and where it cannot.

    python maps.py BASE_URL

The map library is what set-up put into .assets; without it every drawing has to stay. The last line is
'N passed, N failed'; the exit code is 1 where anything failed.
"""

import pathlib
import sys

from browser import SOFTWARE_GRAPHICS, launch
from playwright.sync_api import sync_playwright

LIBRARY = pathlib.Path(__file__).resolve().parents[2] / ".assets" / "maplibre-gl.js"
PAGE = "/map?q=%EC%95%BD%EA%B5%AD"


def moving(browser, base):
    """A map with marks that the keyboard reaches, in the page's theme, and no fault in the console."""
    page = browser.new_page(color_scheme="dark")
    faults = []
    page.on("console", lambda line: line.type == "error" and faults.append(line.text))
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.goto(base + PAGE)
    page.wait_for_selector("[data-map=moving]", timeout=30_000)
    marks = page.locator(".mapmark")
    names = page.locator(".mapgrid tbody tr a[href^='/map/places']").all_inner_texts()
    labels = [mark.get_attribute("aria-label") for mark in marks.all()]
    yield "the drawing gives way", page.locator("[data-map] svg[role=img]").is_hidden()
    yield "each place has its mark", labels == [f"{n + 1}. {name}" for n, name in enumerate(names)]
    page.locator(".maplibregl-canvas").focus()
    reached = False
    for _ in range(8):
        page.keyboard.press("Tab")
        reached = reached or page.evaluate("document.activeElement.matches('.mapmark')")
    yield "the keyboard reaches the marks", reached
    page.evaluate("document.querySelector('.mapmark').focus()")
    page.keyboard.press("Enter")
    page.wait_for_url("**/map/places/*")
    yield "a mark leads to its page", names[0] in page.locator("h1").inner_text()
    page.goto(base + "/wayfinding")
    page.locator("[data-map]").scroll_into_view_if_needed()
    page.wait_for_selector("[data-map=moving]", timeout=30_000)
    page.locator(".maplibregl-canvas").click(position={"x": 40, "y": 60})
    page.wait_for_function("document.querySelector('#field-from').value !== ''")
    chosen = page.get_attribute("[name=fromAt]", "value")
    yield f"a tap on the map fills the start: {chosen}", chosen.endswith("지도에서 고른 곳")
    yield f"nothing to complain about {faults}", not faults
    page.close()


def still(browser, base, words):
    """The drawing and the table, as the server sent them."""
    page = browser.new_page(**words)
    page.goto(base + PAGE)
    page.wait_for_timeout(1_000)
    yield "the drawing stays", page.locator("[data-map] svg[role=img]").is_visible()
    yield "no canvas", page.locator(".mapcanvas").count() == 0
    page.close()


def main():
    base, passed, failed = sys.argv[1].rstrip("/"), 0, 0
    with sync_playwright() as playwright:
        def checks():
            browser = launch(playwright, *SOFTWARE_GRAPHICS)
            if LIBRARY.is_file():
                yield from (("moving: " + name, good) for name, good in moving(browser, base))
            else:
                print("no .assets/maplibre-gl.js: the moving map was not looked at")
                yield from still(browser, base, {})
            yield from still(browser, base, {"java_script_enabled": False})
            browser.close()
            plain = launch(playwright, "--disable-3d-apis")
            yield from (("no WebGL: " + name, good) for name, good in still(plain, base, {}))
            plain.close()

        for name, good in checks():
            passed, failed = passed + good, failed + (not good)
            if not good:
                print(f"failed: {name}")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
