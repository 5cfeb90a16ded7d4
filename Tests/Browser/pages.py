"""Looks at every page of a running Haechi in a browser, as people with different needs see it.

    python pages.py BASE_URL [PATH ... | --paths FILE] [--screenshots DIR] [--sign-in NAME=VALUE]

Each path is opened at three widths, in two displays and two languages, and checked for WCAG 2.2 AA
(axe-core), sideways scrolling, its heading, language and title, the skip link, reach by keyboard,
script and policy errors, and requests to other sites. The last line is 'N passed, N failed'; the
exit code is 1 where anything failed. Needs requirements.txt and a Chromium (CHROMIUM, default
/usr/bin/chromium).
"""

import argparse
import asyncio
import itertools
import os
import pathlib
import sys
from urllib.parse import urljoin, urlsplit

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import async_playwright

WIDTHS = [360, 768, 1280]
DISPLAYS = ["light.standard.standard", "light.high.standard"]
# Each of these is looked at once a path: a second look at the same markup in other colours.
EXTRA_VIEWS = [(1280, "dark.standard.standard", "ko"), (360, "light.standard.large", "ko")]
LANGUAGES = ["ko", "en"]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
MAXIMUM_CONCURRENT_PAGES = 2
MAXIMUM_TAB_STOPS = 600

INTERACTIVE = (
    "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']"
)

# What can be reached by Tab: one stop for a group of radios, nothing that is not shown.
EXPECTED_STOPS = """(selector) => {
  const groups = new Set();
  return [...document.querySelectorAll(selector)].filter((element) => {
    if (element.disabled || element.tabIndex < 0) return false;
    if (!element.checkVisibility({ contentVisibilityAuto: true, visibilityProperty: true }))
      return false;
    if (element.type === "radio") {
      const group = `${element.form?.action} ${element.name}`;
      if (groups.has(group)) return false;
      groups.add(group);
    }
    return true;
  }).length;
}"""

# Marks the focused element and says whether it was there before and whether its focus can be seen.
VISIT = """() => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const seen = element.dataset.visited === "yes";
  element.dataset.visited = "yes";
  const style = getComputedStyle(element);
  const shows = style.outlineStyle !== "none" || style.boxShadow !== "none";
  return { seen, shows, name: element.outerHTML.slice(0, 120) };
}"""


class Findings:
    """What passed and what did not."""

    def __init__(self):
        self.passed = 0
        self.failed = []

    def check(self, condition, view, words):
        if condition:
            self.passed += 1
        else:
            self.failed.append(f"{view}: {words}")
            print(f"FAIL {view}: {words}", flush=True)


def read_arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("base_url")
    parser.add_argument("path", nargs="*")
    parser.add_argument("--paths", default=pathlib.Path(__file__).with_name("pages.txt"))
    parser.add_argument("--screenshots", type=pathlib.Path)
    parser.add_argument("--sign-in", help="a session cookie, NAME=VALUE")
    arguments = parser.parse_args()
    if not arguments.path:
        lines = pathlib.Path(arguments.paths).read_text(encoding="utf-8").splitlines()
        arguments.path = [line.strip() for line in lines if line.strip() and line[0] != "#"]
    return arguments


def cookies(arguments, display, language):
    pairs = [("haechi-display", display), ("haechi-language", language)]
    if arguments.sign_in:
        pairs.append(tuple(arguments.sign_in.split("=", 1)))
    secure = arguments.base_url.startswith("https:")
    return [
        {"name": name, "value": value, "url": arguments.base_url, "secure": secure}
        for name, value in pairs
    ]


async def check_structure(page, view, width, language, findings):
    facts = await page.evaluate(
        """() => ({
          headings: document.querySelectorAll("h1").length,
          language: document.documentElement.lang, title: document.title.trim(),
          mains: document.querySelectorAll("main").length,
          scroll: document.documentElement.scrollWidth,
          repeated: [...document.querySelectorAll("[id]")].map((e) => e.id)
            .filter((id, index, all) => all.indexOf(id) !== index),
          inline: document.querySelectorAll("[style], style, script:not([src])").length,
        })"""
    )
    findings.check(facts["headings"] == 1, view, f"{facts['headings']} h1 elements")
    findings.check(facts["mains"] == 1, view, f"{facts['mains']} main elements")
    findings.check(facts["language"] == language, view, f"lang is {facts['language']!r}")
    findings.check(facts["title"] != "", view, "no title")
    findings.check(not facts["repeated"], view, f"repeated ids {facts['repeated'][:5]}")
    findings.check(facts["inline"] == 0, view, f"{facts['inline']} inline styles or scripts")
    findings.check(facts["scroll"] <= width, view, f"{facts['scroll']} px wide on {width} px")


async def check_keyboard(page, view, findings):
    # A form that was refused takes the focus on load; the walk starts above it.
    await page.evaluate("document.activeElement?.blur(); getSelection()?.removeAllRanges()")
    await page.evaluate("document.body.tabIndex = -1, document.body.focus()")
    expected = await page.evaluate(EXPECTED_STOPS, INTERACTIVE)
    visited, hidden = 0, []
    for _ in range(min(expected * 3 + 10, MAXIMUM_TAB_STOPS)):
        await page.keyboard.press("Tab")
        stop = await page.evaluate(VISIT)
        if stop is None or (stop["seen"] and visited >= expected):
            break
        if stop["seen"]:
            continue
        if visited == 0:
            findings.check("href=\"#" in stop["name"], view, f"Tab leads to {stop['name']}")
        visited += 1
        if not stop["shows"]:
            hidden.append(stop["name"])
    enough = min(expected, MAXIMUM_TAB_STOPS)
    findings.check(visited >= enough, view, f"Tab reaches {visited} of {expected} controls")
    findings.check(not hidden, view, f"focus cannot be seen on {hidden[:3]}")


async def check_axe(page, view, findings):
    result = await Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}})
    violations = result.response["violations"]
    for violation in violations:
        nodes = [node["html"][:140] for node in violation["nodes"][:3]]
        findings.check(False, view, f"axe {violation['id']} ×{len(violation['nodes'])}: {nodes}")
    findings.check(not violations, view, f"{len(violations)} axe rules violated")


async def look(browser, arguments, path, width, display, language, walks, findings):
    view = f"{path} {width}px {display} {language}"
    context = await browser.new_context(
        viewport={"width": width, "height": 900}, reduced_motion="reduce"
    )
    await context.add_cookies(cookies(arguments, display, language))
    page = await context.new_page()
    errors, strangers = [], []
    host = urlsplit(arguments.base_url).netloc
    page.on("console", lambda m: errors.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on(
        "request",
        lambda r: strangers.append(r.url)
        if urlsplit(r.url).scheme not in ("data", "blob") and urlsplit(r.url).netloc != host
        else None,
    )
    try:
        response = await page.goto(urljoin(arguments.base_url, path), wait_until="load")
        status = response.status if response else 0
        findings.check(200 <= status < 300, view, f"status {status}")
        policy = response.headers.get("content-security-policy", "") if response else ""
        findings.check("'unsafe-inline'" not in policy, view, "the policy allows inline code")
        if arguments.screenshots:
            name = view.replace("/", "_").replace(" ", "-").strip("_") + ".png"
            await page.screenshot(path=arguments.screenshots / name, full_page=True)
        await check_structure(page, view, width, language, findings)
        await check_axe(page, view, findings)
        if walks:
            await check_keyboard(page, view, findings)
        findings.check(not errors, view, f"console: {errors[:3]}")
        findings.check(not strangers, view, f"requests to other sites: {strangers[:3]}")
    except Exception as error:  # A page that cannot be looked at has failed; the others go on.
        findings.check(False, view, f"{type(error).__name__}: {error}")
    finally:
        await context.close()


async def main():
    arguments = read_arguments()
    if arguments.screenshots:
        arguments.screenshots.mkdir(parents=True, exist_ok=True)
    findings = Findings()
    gate = asyncio.Semaphore(MAXIMUM_CONCURRENT_PAGES)

    async def take(browser, *view):
        async with gate:
            await look(browser, arguments, *view, findings)

    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox"]
        )
        views = list(itertools.product(WIDTHS, DISPLAYS, LANGUAGES)) + EXTRA_VIEWS
        # The order of Tab depends on the width alone, so it is walked once a width.
        jobs = [
            take(browser, path, *view, view[1:] == (DISPLAYS[0], "ko"))
            for path in arguments.path
            for view in views
        ]
        await asyncio.gather(*jobs)
        await browser.close()
    print(f"{findings.passed} passed, {len(findings.failed)} failed")
    return 1 if findings.failed else 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
