"""A browser driven by keyboard alone, for the stories beside this module."""

from urllib.parse import urljoin, urlsplit

from browser import launch
from playwright.sync_api import sync_playwright

PASSWORD = "haechi sample city"
MAXIMUM_TAB_STOPS = 400
DEADLINE_MILLISECONDS = 10_000


class Stuck(Exception):
    """The story cannot go on."""


class Visit:
    """Somebody at a page, with a count of what was as it should be."""

    def __init__(self, page, name, base):
        self.page, self.name, self.base = page, name, base
        self.passed, self.failed = 0, 0

    def check(self, condition, words):
        if condition:
            self.passed += 1
        else:
            self.failed += 1
            print(f"FAIL {self.name}: {words}", flush=True)

    def tab_to(self, selector):
        """Presses Tab until the focus is on an element of the selector."""
        for _ in range(MAXIMUM_TAB_STOPS):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("(wanted) => document.activeElement.matches(wanted)", selector):
                return
        raise Stuck(f"Tab does not reach {selector} on {self.page.url}")

    def start_over(self):
        """Puts the focus above the page, as if it were new."""
        self.page.evaluate("document.body.tabIndex = -1, document.body.focus()")

    def enter(self):
        """Presses Enter and waits for the page it leads to."""
        with self.page.expect_navigation(timeout=DEADLINE_MILLISECONDS):
            self.page.keyboard.press("Enter")

    def follow_to(self, selector):
        """Tabs to a link or a button and goes where it leads."""
        self.tab_to(selector)
        self.enter()

    def enter_the_city(self, login, path):
        self.page.goto(urljoin(self.base, f"/sign-in?return={path}"))
        self.tab_to("#field-login")
        self.page.keyboard.type(login)
        self.tab_to("#field-password")
        self.page.keyboard.type(PASSWORD)
        self.enter()
        arrived = urlsplit(self.page.url).path
        self.check(arrived == path, f"signing in leads to {arrived}, not to {path}")

    def choose(self, selector, words):
        """Chooses from a list by going down it."""
        self.tab_to(selector)
        chosen = "document.activeElement.selectedOptions[0].innerText"
        for _ in range(self.page.evaluate("document.activeElement.options.length")):
            if self.page.evaluate(chosen) == words:
                return
            self.page.keyboard.press("ArrowDown")
        raise Stuck(f"{selector} offers no {words!r}")

    def steps(self, login):
        """The story itself."""
        raise NotImplementedError

    def tell(self, login):
        """Tells the story; what goes wrong in it is a failure."""
        try:
            self.steps(login)
        except Exception as error:
            lines = str(error).splitlines() or [""]
            self.check(False, f"{type(error).__name__}: {lines[0]} on {self.page.url}")


def tell_all(kinds, settings, base):
    """Tells stories in settings (name, width, has scripts, login); the exit code."""
    passed = failed = 0
    with sync_playwright() as playwright:
        browser = launch(playwright)
        for name, width, has_scripts, login in settings:
            context = browser.new_context(
                viewport={"width": width, "height": 800}, java_script_enabled=has_scripts
            )
            page = context.new_page()
            page.set_default_timeout(DEADLINE_MILLISECONDS)
            for kind in kinds:
                story = kind(page, name, base)
                story.tell(login)
                passed, failed = passed + story.passed, failed + story.failed
                context.clear_cookies()
            context.close()
        browser.close()
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0
