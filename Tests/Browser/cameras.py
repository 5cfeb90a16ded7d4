"""What the control room comes for, by keyboard alone.

    python cameras.py BASE_URL

An operator sees an event surface on the wall, acknowledges it, ticks its procedure, marks another as a
false alarm with a reason, and hands the shift over; the supervisor plans new cameras and reads the proven
bound. Told with scripts on a wide screen and without them on a narrow one. The last line is
'N passed, N failed'; the exit code is 1 where anything failed.
"""

import sys
import time
from urllib.parse import urljoin, urlsplit

from driving import Stuck, Visit, tell_all

OPERATOR, SUPERVISOR = "operator@sample.example", "supervisor@sample.example"
SETTINGS = [
    ("with scripts, wide", 1280, True, OPERATOR),
    ("without scripts, on a telephone", 360, False, OPERATOR),
]
# Events wait on the wall of a fresh sample; its scenes raise more.
MAXIMUM_WAIT_SECONDS = 40


class ControlRoom(Visit):
    """An operator at the wall."""

    def steps(self, login):
        self.has_scripts = "with scripts" in self.name
        self.enter_the_city(login, "/cameras/wall")
        event = self.wait_for_event()
        self.decide(event)
        self.tick()
        self.refuse_one()
        self.hand_over()
        self.plan()

    def wait_for_event(self):
        """The number of the first event on the wall; without scripts the page is opened again."""
        deadline = time.monotonic() + MAXIMUM_WAIT_SECONDS
        while time.monotonic() < deadline:
            found = self.page.locator(".walltile[data-event]")
            if found.count():
                return found.first.get_attribute("data-event")
            self.page.wait_for_timeout(500)
            if not self.has_scripts:
                self.page.goto(urljoin(self.base, "/cameras/wall"))
        raise Stuck("no event surfaced on the wall")

    def state_of(self, event):
        self.page.goto(urljoin(self.base, f"/cameras/events/{event}"))
        return self.page.inner_text(".lead")

    def decide(self, event):
        """Acknowledges from the wall: by keys, or by the button of the tile."""
        tile = f".walltile[data-event='{event}']"
        if self.has_scripts:
            self.page.keyboard.press(self.page.locator(tile).get_attribute("data-key"))
            picked = self.page.locator(f"{tile}[aria-current]").count()
            self.check(picked, "the number key does not pick the tile")
            self.page.keyboard.press("a")
            self.page.wait_for_selector(tile, state="detached")
        else:
            self.follow_to(f"{tile} button[data-key=a]")
        self.check("확인함" in self.state_of(event), "the event is not acknowledged")

    def tick(self):
        """Ticks the first step of the procedure."""
        if not self.page.locator("#procedure li").count():
            raise Stuck("the event has no procedure")
        self.follow_to("#procedure li button")
        self.check(self.page.locator("#procedure li.ticked").count() == 1, "no step is ticked")

    def refuse_one(self):
        """The event was none: without a reason that is refused, with one it is kept."""
        self.follow_to("#decide form:has(select) button")
        self.check(self.page.locator("[data-error-summary]").count(), "no reason was asked for")
        self.start_over()
        self.choose("#reason-card", "빛·그림자")
        self.follow_to("#decide form:has(select) button")
        said = self.page.inner_text("main")
        self.check("오탐" in self.page.inner_text(".lead"), "the false alarm is not kept")
        self.check("빛·그림자" in said, "the reason is not shown")

    def hand_over(self):
        words = f"{self.name}: 시장 북문을 더 볼 것"
        self.page.goto(urljoin(self.base, "/cameras/handover"))
        self.tab_to("#field-note")
        self.page.keyboard.type(words)
        self.follow_to("main form button")
        self.check(words in self.page.inner_text("#log"), "the log does not have what was written")

    def plan(self):
        """The supervisor plans new cameras and reads how far from the best that may be."""
        self.page.context.clear_cookies()
        self.enter_the_city(SUPERVISOR, "/cameras/planner")
        self.follow_to("#placement button")
        self.check(urlsplit(self.page.url).path.startswith("/cameras/planner/"), "no plan was made")
        figures = self.page.inner_text(".figures")
        self.check("최선과의 차이" in figures and "≤" in figures, "the bound is not told")
        self.check(self.page.locator("#plan-map svg").count(), "the plan has no map")
        self.check(self.page.locator("#areas tbody tr").count(), "no neighbourhood is compared")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(tell_all((ControlRoom,), SETTINGS, sys.argv[1]))
