"""Checks what scripts add to /_components of a running Haechi, and that it works without them.

    python enhancements.py BASE_URL

The last line is 'N passed, N failed'; the exit code is 1 where anything failed.
"""

import sys
from urllib.parse import urljoin

from browser import launch
from playwright.sync_api import sync_playwright

failures, passed = [], 0


def check(condition, words):
    global passed
    if condition:
        passed += 1
    else:
        failures.append(words)
        print(f"FAIL {words}", flush=True)


def with_scripts(page, address):
    page.goto(address)
    focused = "document.activeElement.hasAttribute('data-error-summary')"
    check(page.evaluate(focused), "the error summary takes the focus")
    page.click("[data-error-summary] a")
    check(
        page.evaluate("document.activeElement.id") == "field-example-telephone",
        "a line of the error summary leads to its field",
    )

    dialog = page.locator("#example-dialog")
    check(not dialog.is_visible(), "a dialog is closed until it is asked for")
    page.click("[data-dialog-open=example-dialog]")
    check(page.evaluate("!!document.querySelector('dialog:modal')"), "its link opens it")
    page.keyboard.press("Escape")
    check(not dialog.is_visible(), "Escape closes it")

    page.click("details.display > summary")
    check(page.is_visible("#display-theme-dark"), "the display settings open")
    page.check("#display-shortcuts")
    page.keyboard.press("Escape")
    check(not page.is_visible("#display-theme-dark"), "Escape closes the display settings")
    page.keyboard.press("/")
    check(page.evaluate("document.activeElement.id") == "filter-q", "/ leads to the search box")

    page.fill("#field-example-company", "한빛소프트웨어")
    page.reload()
    value = page.input_value("#field-example-company")
    check(value == "한빛소프트웨어", f"a form never forgets: {value!r}")
    kept = page.evaluate("JSON.stringify({...sessionStorage})")
    check("_token" not in kept, "a draft keeps no token")


def without_scripts(page, address):
    page.goto(address)
    check(page.locator("#example-dialog").is_visible(), "a dialog is part of the page")
    check(not page.is_visible("[data-copy-link]"), "no button that does nothing")
    page.click("details.display > summary")
    check(page.is_visible("#display-theme-dark"), "the display settings open without scripts")


def main():
    address = urljoin(sys.argv[1], "/_components")
    with sync_playwright() as playwright:
        browser = launch(playwright)
        with_scripts(browser.new_page(), address)
        without_scripts(browser.new_context(java_script_enabled=False).new_page(), address)
        browser.close()
    print(f"{passed} passed, {len(failures)} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main())
