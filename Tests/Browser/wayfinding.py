"""What people come to the route page for, by keyboard alone on a telephone, with and without scripts.

    python wayfinding.py BASE_URL

Somebody in a wheelchair finds the way from the market to the welfare centre, reads its barriers, reports
a broken kerb on it and gets another way; the officer confirms the report and closes it, and the first
way is back. The last line is 'N passed, N failed'; the exit code is 1 where anything failed.
"""

import json
import struct
import sys
import zlib
from urllib.parse import urlencode, urljoin, urlsplit
from urllib.request import urlopen

from driving import Visit, tell_all

SETTINGS = [
    ("with scripts, on a telephone", 360, True, "barriers@sample.example"),
    ("without scripts, on a telephone", 360, False, "barriers@sample.example"),
]
STATION = {"latitude": 37.45, "longitude": 126.30, "accuracy": 12}
START, END = "까치시장", "해치종합사회복지관"


def picture(width=64, height=48):
    """A photo: a PNG of red earth."""

    def chunk(kind, content):
        body = kind + content
        return struct.pack(">I", len(content)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = (b"\0" + bytes([154, 58, 34]) * width) * height
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    )


class Helps(Visit):
    """What the script adds to the two fields of a way: suggestions, and where the device is."""

    def steps(self, login):
        if self.name.startswith("without"):
            return
        self.page.context.grant_permissions(["geolocation"])
        self.page.context.set_geolocation(STATION)
        self.page.goto(urljoin(self.base, "/wayfinding"))
        self.tab_to("#field-to")
        self.page.keyboard.type(END)
        self.page.wait_for_selector("#field-to-places option", state="attached")
        words = self.page.locator("#field-to-places option").first.get_attribute("value")
        self.check(words.startswith(END), f"{END} suggests {words!r}")
        # Choosing from a list of suggestions is the browser's own; what it leaves is the value.
        self.page.fill("#field-to", words)
        chosen = self.page.get_attribute("[name=toAt]", "value")
        self.check(chosen.endswith(END), f"the chosen place is {chosen!r}")
        self.start_over()
        self.tab_to("#field-from ~ button")
        self.page.keyboard.press("Enter")
        self.page.wait_for_selector("[name=fromAt]", state="attached")
        here = self.page.get_attribute("[name=fromAt]", "value")
        self.check(here.startswith("37.450000,126.300000 "), f"the position is {here!r}")
        told = self.page.inner_text("#field-from ~ [role=status]")
        self.check("12 m" in told, f"how exact it is: {told!r}")
        self.follow_to("[data-wayfinding-form] button[type=submit]")
        self.check("목적지에 도착했습니다." in self.page.inner_text("main"), "no way from there")


class Wheels(Visit):
    """Somebody in a wheelchair, then the officer."""

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
        photo = {"name": "kerb.png", "mimeType": "image/png", "buffer": picture()}
        self.page.set_input_files("[name=photo]", photo)
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
        width = self.page.evaluate("document.querySelector('.files img')?.naturalWidth")
        self.check(width == 64, f"the photo of the report is {width} px wide")
        self.tab_to("[name=to]")
        self.page.keyboard.press("Space")
        while not self.page.is_checked(f"[name=to][value={state}]"):
            self.page.keyboard.press("ArrowDown")
        self.follow_to("main button.primary")
        arrived = urlsplit(self.page.url).path.rsplit("/", 1)[0]
        self.check(arrived == "/wayfinding/desk", f"handling leads to {arrived}")
        self.check(title in self.page.inner_text("main dl"), f"the report is not {title}")


if __name__ == "__main__":
    sys.exit(tell_all([Helps, Wheels], SETTINGS, sys.argv[1]))
