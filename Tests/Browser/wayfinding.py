"""What people come to the route page for, by keyboard alone on a telephone, with and without scripts.

    python wayfinding.py BASE_URL

Somebody in a wheelchair finds the way from the market to the welfare centre, reads its barriers, reports
a broken kerb on it and gets another way; the officer confirms the report and closes it, and the first
way is back. The last line is 'N passed, N failed'; the exit code is 1 where anything failed.
"""

import json
import sys
from urllib.parse import urlencode, urljoin, urlsplit
from urllib.request import urlopen

from driving import Visit, tell_all

SETTINGS = [
    ("with scripts, on a telephone", 360, True, "barriers@sample.example"),
    ("without scripts, on a telephone", 360, False, "barriers@sample.example"),
]
START, END = "까치시장", "해치종합사회복지관"


class Wheels(Visit):
    """Somebody in a wheelchair, then the officer."""

    def start_over(self):
        self.page.evaluate("document.body.tabIndex = -1, document.body.focus()")

    def find(self):
        """Types the two places and chooses the wheelchair; where words mean several, the first place."""
        self.page.goto(urljoin(self.base, "/wayfinding"))
        self.tab_to("#field-from")
        self.page.keyboard.type(START)
        self.tab_to("#field-to")
        self.page.keyboard.type(END)
        self.tab_to("[name=profile]")
        self.page.keyboard.press("ArrowDown")
        self.follow_to("[data-wayfinding-form] button[type=submit]")
        for name in ("fromAt", "toAt"):
            if self.page.locator(f"[type=radio][name={name}]").count():
                self.start_over()
                self.tab_to(f"[type=radio][name={name}]")
                self.page.keyboard.press("Space")
                self.follow_to("[data-wayfinding-form] button[type=submit]")

    def way(self):
        """The way of the page, as its GeoJSON has it."""
        link = self.page.get_attribute("a[href^='/wayfinding/route.geojson']", "href")
        with urlopen(urljoin(self.base, link)) as answer:
            return json.load(answer)["features"][0]["geometry"]["coordinates"]

    def steps(self, login):
        self.find()
        text = self.page.inner_text("main")
        self.check("수동휠체어" in text, "the page does not say for whom the way is")
        self.check("목적지에 도착했습니다." in text, "the way does not arrive")
        self.check("장애물" in text and "확인된 길" in text, "barriers and certainty are not told")
        wide = self.page.evaluate("document.documentElement.scrollWidth > innerWidth")
        self.check(not wide, "the page is wider than the telephone")
        address, before = self.page.url, self.way()
        longitude, latitude = before[len(before) // 2]
        number = self.report(f"{latitude:.6f},{longitude:.6f}")
        self.page.goto(address)
        self.check(self.way() != before, "the way does not avoid what was reported")
        self.handle(login, number, "confirmed", "확인됨")
        self.handle(login, number, "closed", "해결")
        self.page.context.clear_cookies()
        self.page.goto(address)
        self.check(self.way() == before, "the way does not come back when the barrier is gone")

    def report(self, place):
        self.page.goto(urljoin(self.base, "/wayfinding/report?" + urlencode({"at": place})))
        self.tab_to("[name=kind]")
        self.page.keyboard.press("ArrowDown")
        self.tab_to("#field-text")
        self.page.keyboard.type("턱이 깨져 바퀴가 걸립니다.")
        self.follow_to("[data-wayfinding-form] button[type=submit]")
        text = self.page.inner_text("body")
        self.check("신고를 받았습니다" in text, "the report is not received")
        self.check("접수(미확인)" in text, "the report is not unconfirmed")
        return self.page.inner_text("h1").split()[-1]

    def handle(self, login, number, state, title):
        self.page.context.clear_cookies()
        self.enter_the_city(login, "/wayfinding/desk")
        link = self.page.get_by_role("link", name=number, exact=True).first.get_attribute("href")
        self.follow_to(f"main a[href='{link}']")
        self.tab_to("[name=to]")
        self.page.keyboard.press("Space")
        while not self.page.is_checked(f"[name=to][value={state}]"):
            self.page.keyboard.press("ArrowDown")
        self.follow_to("main button.primary")
        arrived = urlsplit(self.page.url).path.rsplit("/", 1)[0]
        self.check(arrived == "/wayfinding/desk", f"handling leads to {arrived}")
        self.check(title in self.page.inner_text("main dl"), f"the report is not {title}")


if __name__ == "__main__":
    sys.exit(tell_all([Wheels], SETTINGS, sys.argv[1]))
