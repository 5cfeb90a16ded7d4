"""The search for a missing person, by keyboard, from the report to the erasure.

    python missing.py BASE_URL [HAECHI]

A searcher opens a case that another person has to approve, brings a photo, searches by it and by the
clothes, confirms and rejects, follows the route, takes the packet for the police along and closes the
case; HAECHI, where given, verifies the packet. Told twice: with scripts on a wide window, without them on a telephone. The last line is
'N passed, N failed'; the exit code is 1 where anything failed.
"""

import datetime
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from axe_playwright_python.sync_playwright import Axe
from driving import Stuck, Visit, tell_all
from pages import TAGS

SEARCHER, APPROVER = "searcher@sample.example", "searchapprover@sample.example"
SETTINGS = [
    ("with scripts, wide", 1280, True, "wide"),
    ("without scripts, on a telephone", 360, False, "narrow"),
]
KOREA = datetime.timezone(datetime.timedelta(hours=9))
MIDNIGHT = datetime.datetime.now(KOREA).replace(hour=0, minute=0)
ANSWERS = {
    "reportNumber": "견본-0003", "requester": "견본경찰서", "alias": "견본", "place": "학교 앞",
    "description": "노란 윗옷",
}


class Search(Visit):
    """One search, told from its report to its erasure."""

    def path(self):
        return urlsplit(self.page.url).path

    def put(self, selector, words):
        self.start_over()
        self.tab_to(selector)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(words)

    def pick(self, name, value):
        """Chooses one of a few by going down them."""
        self.start_over()
        self.tab_to(f'main [name="{name}"]')
        for _ in range(20):
            if self.page.evaluate("document.activeElement.value") == value:
                break
            self.page.keyboard.press("ArrowDown")
        else:
            raise Stuck(f"{name} offers no {value!r}")
        self.page.keyboard.press("Space")

    def press(self, selector):
        self.start_over()
        self.follow_to(selector)

    def look_over(self, words):
        """No barrier that axe knows, and nothing wider than the window."""
        overflow = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        self.check(overflow <= 0, f"{words} is {overflow} px too wide")
        if self.has_scripts:
            rules = {"runOnly": {"type": "tag", "values": TAGS}}
            found = Axe().run(self.page, options=rules).response["violations"]
            names = [violation["id"] for violation in found]
            self.check(not names, f"{words}: axe finds {names}")

    # MARK: The story

    def steps(self, login):
        self.has_scripts = login == "wide"
        self.enter_the_city(SEARCHER, "/missing-persons")
        self.look_over("the list")
        self.open_case()
        self.be_approved()
        self.bring_photo()
        self.search()
        self.follow_route()
        self.take_packet()
        self.close()

    def open_case(self):
        self.press("main a[href='/missing-persons/new']")
        for name, value in {"kind": "child", "area": "city", "hours": "24"}.items():
            self.pick(name, value)
        for name, words in ANSWERS.items():
            self.put(f"#field-{name}", words)
        seen = max(datetime.datetime.now(KOREA) - datetime.timedelta(minutes=150), MIDNIGHT)
        self.put("#field-time", seen.strftime("%H:%M"))
        self.start_over()
        self.choose("#field-upper", "노랑")
        self.look_over("the form")
        self.press("main form[action='/missing-persons/new'] button")
        self.case = self.path()
        self.check("승인 대기" in self.page.inner_text("main"), "the case does not wait")
        self.page.goto(urljoin(self.base, f"{self.case}/search"))
        self.check("승인된 사건" in self.page.inner_text("main"), "a case that waits can be searched")

    def be_approved(self):
        self.page.context.clear_cookies()
        self.enter_the_city(APPROVER, "/missing-persons")
        self.press(f"main a[href='{self.case}']")
        self.press("main button[name=decision][value=approve]")
        self.check("수색 중" in self.page.inner_text("main"), "the case is not approved")
        self.page.context.clear_cookies()
        self.enter_the_city(SEARCHER, self.case)

    def bring_photo(self):
        """The photo of the sample's own case stands for one that a family brought."""
        photo = self.page.context.request.get(urljoin(self.base, self.sample_photo())).body()
        self.page.goto(urljoin(self.base, self.case))
        self.page.locator("main input[type=file]").set_input_files(
            {"name": "photo.txt", "mimeType": "text/plain", "buffer": b"no picture"}
        )
        self.press("main form[action$='/photos'] button")
        self.check(self.page.is_visible("[data-error-summary]"), "a text passes for a photo")
        self.page.locator("main input[type=file]").set_input_files(
            {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": photo}
        )
        self.press("main form[action$='/photos'] button")
        self.look_over("the photo")
        if self.has_scripts:
            self.drag_box()
        self.pick("part", "whole")
        self.press("main [data-crop-form] button")

    def drag_box(self):
        frame = self.page.locator("[data-crop] img").bounding_box()
        mouse = self.page.mouse
        mouse.move(frame["x"] + 5, frame["y"] + 5)
        mouse.down()
        mouse.move(frame["x"] + frame["width"] / 2, frame["y"] + frame["height"] / 2)
        mouse.up()
        width = int(self.page.input_value("#field-width"))
        self.check(width > 1, "dragging draws no box")
        self.check(
            self.page.is_checked("input[name=part][value=numbers]"), "the box is not chosen"
        )

    def sample_photo(self):
        self.page.goto(urljoin(self.base, "/missing-persons"))
        for link in self.page.eval_on_selector_all(
            "main td a, main th a", "all => all.map(one => one.getAttribute('href'))"
        ):
            self.page.goto(urljoin(self.base, link))
            source = self.page.locator("main .sightings img").first
            if source.count():
                return source.get_attribute("src")
        raise Stuck("the sample has no photo")

    def search(self):
        self.check(self.path().endswith("/search"), f"the search is at {self.path()}")
        self.check(self.page.locator("main .sightings img").count() > 3, "little is found by the photo")
        self.look_over("what was found")
        broken = self.page.eval_on_selector_all(
            "main .sightings img", "all => all.slice(0, 4).filter(one => one.complete && !one.naturalWidth).length"
        )
        self.check(broken == 0, f"{broken} pictures do not show")
        for _ in range(2):
            self.press("main button[name=verdict][value=confirmed]")
        self.press("main button[name=verdict][value=rejected]")
        self.check("본인 확인" in self.page.inner_text("main"), "nothing is confirmed")
        self.start_over()
        if not self.page.is_visible("#field-upper"):
            # On a narrow screen the answer comes first; what was asked unfolds.
            self.tab_to("details.filters > summary")
            self.page.keyboard.press("Enter")
        self.choose("#field-upper", "노랑")
        self.press("main form[action$='/search'] button")
        self.check("upper=6" in self.page.url, "the colour is not asked for")
        self.press("main .sightings a[href*='/sightings/']")
        self.look_over("a sighting")
        self.put("#field-reason", "옷차림 확인")
        self.press("main form[action$='/unmask'] button")
        self.check("가림을 풀고" in self.page.inner_text("main"), "the masks are not lifted")

    def follow_route(self):
        self.page.goto(urljoin(self.base, f"{self.case}/route"))
        self.check(self.page.locator("#route-map svg[role=img]").count() == 1, "the route has no map")
        self.check("다음에 볼 카메라" in self.page.inner_text("main"), "no next camera is named")
        self.look_over("the route")

    def take_packet(self):
        self.page.goto(urljoin(self.base, f"{self.case}/give"))
        self.look_over("what is given")
        self.start_over()
        self.tab_to("main form[action$='/packets'] button")
        with self.page.expect_download() as download:
            self.page.keyboard.press("Enter")
        with tempfile.TemporaryDirectory() as folder:
            packet = Path(folder) / "packet.zip"
            download.value.save_as(packet)
            names = zipfile.ZipFile(packet).namelist()
            self.check({"case.json", "chain.json", "route.geojson"} <= set(names), f"holds {names}")
            if len(sys.argv) > 2:
                checked = subprocess.run([sys.argv[2], "missing", "verify", packet], check=False)
                self.check(checked.returncode == 0, "the packet is not verified")

    def close(self):
        self.page.goto(urljoin(self.base, f"{self.case}/give"))
        self.pick("outcome", "foundSafe")
        self.press("main form[action$='/close'] button")
        text = self.page.inner_text("main")
        self.check("파기 확인서" in text, "there is no certificate of the erasure")
        self.check("견본경찰서" in text, "the case lost who asked")
        self.check("노란 윗옷" not in text, "the description is still there")
        self.check(re.search(r"footage|영상에서 찾음", text), "the audit of the case is not shown")
        self.look_over("the closed case")
        for part in ("search", "route", "give"):
            answer = self.page.context.request.get(urljoin(self.base, f"{self.case}/{part}"))
            self.check(answer.status >= 400, f"{part} of a closed case answers {answer.status}")


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    sys.exit(tell_all((Search,), SETTINGS, sys.argv[1]))
