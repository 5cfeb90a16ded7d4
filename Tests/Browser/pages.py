"""Looks at every page of a running Haechi in a browser, as people with different needs see it.

    python pages.py BASE_URL [PATH ... | --paths FILE] [--screenshots DIR]
                    [--sign-in WHO:NAME=VALUE ...]

Each page is opened narrow and wide and in one of the other views below (displays, languages), and checked for WCAG 2.2 AA
(axe-core), sideways scrolling, its heading, language and title, the skip link, reach by keyboard,
script and policy errors, and requests to other sites. The last line is 'N passed, N failed'; the
exit code is 1 where anything failed. Needs requirements.txt and a Chromium (CHROMIUM).
"""

import argparse
import asyncio
import collections
import functools
import pathlib
import sys
from urllib.parse import urljoin, urlsplit

from axe_playwright_python.async_playwright import Axe
from browser import launch
from playwright.async_api import async_playwright

LIGHT, HIGH_CONTRAST = "light.standard.standard", "light.high.standard"
# Every page in these two.
MAIN_VIEWS = [(360, LIGHT, "ko"), (1280, LIGHT, "ko")]
# And in one of these, which come around from page to page; pages marked as models in all of them.
OTHER_VIEWS = [
    (768, LIGHT, "ko"),
    (360, LIGHT, "en"),
    (1280, LIGHT, "en"),
    (360, HIGH_CONTRAST, "ko"),
    (1280, HIGH_CONTRAST, "en"),
    (1280, "dark.standard.standard", "ko"),
    (360, "light.standard.large", "ko"),
]
# What shows every component, and the front page.
MODELS = ["/", "/_components"]
WALKED_WIDTHS = [360, 1280]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# Nodes that pass are neither described nor sent: that takes longer than the check.
AXE_OPTIONS = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
AXE_SCRIPT = Axe().axe_script
RUN_AXE = "(options) => axe.run(options).then((result) => result.violations)"
MAXIMUM_CONCURRENT_PAGES = 2
MAXIMUM_TAB_STOPS = 600

INTERACTIVE = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']"

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
    parser.add_argument(
        "--sign-in", action="append", default=[], help="a person's session cookie, WHO:NAME=VALUE"
    )
    arguments = parser.parse_args()
    lines = arguments.path
    if not lines:
        lines = pathlib.Path(arguments.paths).read_text(encoding="utf-8").splitlines()
    arguments.entries = [entry(line) for line in lines if line.strip() and line[0] != "#"]
    people = dict(words.split(":", 1) for words in arguments.sign_in)
    arguments.people = {who: tuple(cookie.split("=", 1)) for who, cookie in people.items()}
    missing = {who for _, who, _ in arguments.entries} - {"everyone", *people}
    if missing:
        parser.error(f"--sign-in is missing for {', '.join(sorted(missing))}")
    return arguments


def entry(line):
    """An address, who looks at it, and the status it has to have."""
    address, who, status = (line.split() + ["everyone", "200"][len(line.split()) - 1 :])[:3]
    return address, who, int(status)


def cookies(arguments, who, display, language):
    pairs = [("haechi-display", display), ("haechi-language", language)]
    if who in arguments.people:
        pairs.append(arguments.people[who])
    secure = arguments.base_url.startswith("https:")
    return [
        {"name": name, "value": value, "url": arguments.base_url, "secure": secure}
        for name, value in pairs
    ]


async def check_structure(page, markup, view, width, language, findings):
    facts = await page.evaluate(
        """(markup) => ({
          headings: document.querySelectorAll("h1").length,
          language: document.documentElement.lang, title: document.title.trim(),
          mains: document.querySelectorAll("main").length,
          scroll: document.documentElement.scrollWidth,
          repeated: [...document.querySelectorAll("[id]")].map((e) => e.id)
            .filter((id, index, all) => all.indexOf(id) !== index),
          // As it was sent: a script may move what it made, as the marks of a map.
          inline: new DOMParser().parseFromString(markup, "text/html")
            .querySelectorAll("[style], style, script:not([src])").length,
        })""",
        markup,
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
            findings.check('href="#' in stop["name"], view, f"Tab leads to {stop['name']}")
        visited += 1
        if not stop["shows"]:
            hidden.append(stop["name"])
    enough = min(expected, MAXIMUM_TAB_STOPS)
    findings.check(visited >= enough, view, f"Tab reaches {visited} of {expected} controls")
    findings.check(not hidden, view, f"focus cannot be seen on {hidden[:3]}")


async def check_axe(page, view, findings):
    await page.evaluate(AXE_SCRIPT)
    violations = await page.evaluate(RUN_AXE, AXE_OPTIONS)
    for violation in violations:
        if violation["id"] == "target-size":
            # Marks of a map stand where their places are, and beside it in a list (WCAG 2.2 §2.5.8).
            violation["nodes"] = [n for n in violation["nodes"] if "mapmark" not in n["html"]]
    violations = [violation for violation in violations if violation["nodes"]]
    for violation in violations:
        nodes = [node["html"][:140] for node in violation["nodes"][:3]]
        findings.check(False, view, f"axe {violation['id']} ×{len(violation['nodes'])}: {nodes}")
    findings.check(not violations, view, f"{len(violations)} axe rules violated")


class Desk:
    """One of the browsers at work: a context a person, so that scripts and styles are fetched once."""

    def __init__(self, browser, arguments):
        self.browser = browser
        self.arguments = arguments
        self.contexts = {}

    async def page(self, who, width, display, language):
        """A new page as a person sees it, who chose how pages look and in which language."""
        if who not in self.contexts:
            self.contexts[who] = await self.browser.new_context(reduced_motion="reduce")
        context = self.contexts[who]
        await context.add_cookies(cookies(self.arguments, who, display, language))
        page = await context.new_page()
        await page.set_viewport_size({"width": width, "height": 900})
        return page


async def look(desk, arguments, entry, width, display, language, findings):
    path, who, expected_status = entry
    path = path.removeprefix("?")
    view = f"{path} {who} {width}px {display} {language}"
    page = await desk.page(who, width, display, language)
    errors, strangers = [], []
    host = urlsplit(arguments.base_url).netloc
    page.on("console", lambda m: errors.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on(
        "request",
        lambda r: (
            strangers.append(r.url)
            if urlsplit(r.url).scheme not in ("data", "blob") and urlsplit(r.url).netloc != host
            else None
        ),
    )
    try:
        response = await page.goto(urljoin(arguments.base_url, path), wait_until="load")
        status = response.status if response else 0
        findings.check(status == expected_status, view, f"status {status}")
        if status != expected_status:
            return
        policy = response.headers.get("content-security-policy", "") if response else ""
        findings.check("'unsafe-inline'" not in policy, view, "the policy allows inline code")
        await check_structure(page, await response.text(), view, width, language, findings)
        await check_axe(page, view, findings)
        # The order of Tab depends on the width alone.
        if (display, language) == (LIGHT, "ko") and width in WALKED_WIDTHS:
            await check_keyboard(page, view, findings)
        # Last: taking a picture changes styles of the page.
        if arguments.screenshots:
            name = view.replace("/", "_").replace(" ", "-").strip("_") + ".png"
            await page.screenshot(path=arguments.screenshots / name, full_page=True)
        if expected_status >= 400:
            # The browser notes the status of the page itself.
            errors = [words for words in errors if f"status of {expected_status}" not in words]
        findings.check(not errors, view, f"console: {errors[:3]}")
        findings.check(not strangers, view, f"requests to other sites: {strangers[:3]}")
    except Exception as error:  # A page that cannot be looked at has failed; the others go on.
        findings.check(False, view, f"{type(error).__name__}: {error}")
    finally:
        await page.close()


async def is_there(browser, arguments, entry):
    """Whether a page is to be looked at: one marked with ? only where its address exists."""
    path, who, _ = entry
    if not path.startswith("?"):
        return True
    context = await browser.new_context()
    await context.add_cookies(cookies(arguments, who, LIGHT, "ko"))
    response = await context.request.get(urljoin(arguments.base_url, path[1:]))
    await context.close()
    if response.status == 404:
        print(f"skip {path[1:]}: not there", flush=True)
    return response.status != 404


async def first_project(browser, base_url):
    """The address of the first project of the listing."""
    page = await browser.new_page()
    await page.goto(urljoin(base_url, "/procurement/projects"))
    link = page.locator("main a[href*='/procurement/projects/2']").first
    address = await link.get_attribute("href") if await link.count() else "/no-project"
    await page.close()
    return address


async def first_account(browser, arguments):
    """The address of the first account an administrator keeps."""
    if "administrator" not in arguments.people:
        return "/no-account"
    context = await browser.new_context()
    await context.add_cookies(cookies(arguments, "administrator", LIGHT, "ko"))
    page = await context.new_page()
    await page.goto(urljoin(arguments.base_url, "/admin/accounts"))
    link = page.locator("main tbody a[href^='/admin/accounts/']").nth(1)
    address = await link.get_attribute("href") if await link.count() else "/no-account"
    await context.close()
    return address


async def first_link(browser, arguments, who, path, selector, otherwise):
    """The address of the first link of a list, as one of the people sees it."""
    if who not in arguments.people:
        return otherwise
    context = await browser.new_context()
    await context.add_cookies(cookies(arguments, who, LIGHT, "ko"))
    page = await context.new_page()
    await page.goto(urljoin(arguments.base_url, path))
    link = page.locator(selector).first
    address = await link.get_attribute("href") if await link.count() else otherwise
    await context.close()
    return address


async def first_case(browser, arguments):
    """The address of the first application in an officer's queue."""
    selector = "main tbody a[href^='/desk/cases/']"
    return await first_link(browser, arguments, "reviewer", "/desk", selector, "/no-case")


async def first_search(browser, arguments):
    """The address of the search that is on."""
    selector = "main tbody tr:has-text('수색 중') a"
    path = "/missing-persons"
    return await first_link(browser, arguments, "searcher", path, selector, "/no-search")


def views(place, path, who, expected_status):
    """The views a page is looked at in, by its place in the list; an error in the main ones alone."""
    if expected_status >= 400:
        return MAIN_VIEWS
    if path in MODELS:
        return MAIN_VIEWS + OTHER_VIEWS
    return [*MAIN_VIEWS, OTHER_VIEWS[place % len(OTHER_VIEWS)]]


async def main():
    arguments = read_arguments()
    if arguments.screenshots:
        arguments.screenshots.mkdir(parents=True, exist_ok=True)
    findings = Findings()

    async def work(desk, jobs):
        while jobs:
            await look(desk, arguments, *jobs.popleft(), findings)

    async with async_playwright() as playwright:
        browser = await launch(playwright)
        project = await first_project(browser, arguments.base_url)
        account = await first_account(browser, arguments)
        case = await first_case(browser, arguments)
        search = await first_search(browser, arguments)
        known = {
            "{project}": project, "{account}": account, "{case}": case, "{search}": search,
        }  # fmt: skip
        entries = [
            (functools.reduce(lambda text, name: text.replace(name, known[name]), known, path), *rest)
            for path, *rest in arguments.entries
        ]
        entries = [entry for entry in entries if await is_there(browser, arguments, entry)]
        jobs = collections.deque(
            (entry, *view)
            for place, entry in enumerate(dict.fromkeys(entries))
            for view in views(place, *entry)
        )
        desks = [Desk(browser, arguments) for _ in range(MAXIMUM_CONCURRENT_PAGES)]
        await asyncio.gather(*(work(desk, jobs) for desk in desks))
        await browser.close()
    print(f"{findings.passed} passed, {len(findings.failed)} failed")
    return 1 if findings.failed else 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
