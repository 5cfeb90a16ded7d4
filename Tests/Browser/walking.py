"""Walks with the walking and the camera mode of a running Haechi: position, sensors, camera and network
are Chromium's own overrides (DevTools protocol), the voice is listened to by a spy.

    python walking.py BASE_URL

The last line is 'N passed, N failed'; the exit code is 1 where anything failed.
"""

import json
import math
import pathlib
import sys
import time
from urllib.parse import urlencode, urljoin
from urllib.request import urlopen

from browser import SOFTWARE_GRAPHICS, launch
from playwright.sync_api import sync_playwright

HERE = pathlib.Path(__file__).resolve().parent
METRES_PER_SECOND = 1.3
STEP_SECONDS = 2
DEADLINE_MILLISECONDS = 10_000
METRES_PER_DEGREE = 6_371_008.8 * math.pi / 180
LONG_SIDE_DEGREES = 67
EYE_METRES = 1.4
LOOK_AHEAD_METRES = 12
PERMISSIONS = ["geolocation", "camera", "accelerometer", "gyroscope", "magnetometer"]

# A walk takes minutes and this test does not: the page gets the clock of the walk with each position.
# What is spoken and how the phone shakes is noted.
SPIES = """
window.spoken = []; window.shaken = []; window.taken = 0; window.walkSeconds = 1000;
speechSynthesis.speak = (utterance) => window.spoken.push([utterance.lang, utterance.text]);
Object.defineProperty(navigator, 'vibrate', { value: (pattern) => window.shaken.push(pattern) });
const watch = navigator.geolocation.watchPosition.bind(navigator.geolocation);
navigator.geolocation.watchPosition = (take, fail, options) => watch((position) => {
  take({ coords: position.coords, timestamp: window.walkSeconds * 1000 });
  window.taken += 1;
}, fail, options);
"""

# A device of WebXR that is not one: a session whose camera looks to the room's −z axis.
ROOM = """
const pose = { position: { x: 0, y: 1.4, z: 0 }, orientation: { x: 0, y: 0, z: 0, w: 1 } };
const one = new Float32Array([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]);
class Session extends EventTarget {
  constructor() { super(); this.renderState = {}; }
  async updateRenderState(state) { Object.assign(this.renderState, state); }
  async requestReferenceSpace(kind) { return { kind }; }
  requestAnimationFrame(run) {
    requestAnimationFrame((time) => run(time, {
      getViewerPose: () => ({ transform: pose, views: [
        { projectionMatrix: one, transform: { inverse: { matrix: one } } } ] }),
    }));
  }
  async end() { this.dispatchEvent(new Event('end')); window.roomEnded = true; }
}
Object.defineProperty(navigator, 'xr', { value: {
  isSessionSupported: async (kind) => kind === 'immersive-ar',
  requestSession: async () => new Session(),
} });
window.XRWebGLLayer = class {
  constructor() { this.framebuffer = null; }
  getViewport() { return { x: 0, y: 0, width: 64, height: 64 }; }
};
"""

passed, failed = 0, 0


def check(condition, words):
    global passed, failed
    if condition:
        passed += 1
    else:
        failed += 1
        print(f"FAIL {words}", flush=True)


class Ground:
    """Metres east and north of a place."""

    def __init__(self, origin):
        self.longitude, self.latitude = origin
        self.per_east = METRES_PER_DEGREE * math.cos(math.radians(self.latitude))

    def metres(self, place):
        return (
            (place[0] - self.longitude) * self.per_east,
            (place[1] - self.latitude) * METRES_PER_DEGREE,
        )

    def degrees(self, east, north):
        return self.longitude + east / self.per_east, self.latitude + north / METRES_PER_DEGREE


class Line:
    """A route as a line in metres, to be walked along."""

    def __init__(self, shape):
        self.ground = Ground(shape[0])
        self._measure([self.ground.metres(place) for place in shape])

    @classmethod
    def exact(cls, surroundings):
        """The line of the route in a phone's own network, to the centimetre."""
        points = []
        for part in surroundings["route"]:
            numbers = surroundings["segments"][part["segment"]]["centimetres"]
            whole = [(e / 100, n / 100) for e, n in zip(numbers[::2], numbers[1::2])]
            piece = cls.__new__(cls)
            piece._measure(whole if part["isForward"] else whole[::-1])
            ends = part["fromMetres"], part["toMetres"]
            inner = [p for p, s in zip(piece.points, piece.sums) if ends[0] < s < ends[1]]
            piece = [piece.at(ends[0])[:2], *inner, piece.at(ends[1])[:2]]
            points += piece if not points else piece[1:]
        line = cls.__new__(cls)
        line.ground = Ground((surroundings["longitude"], surroundings["latitude"]))
        line._measure(points)
        return line

    def _measure(self, points):
        self.points = points
        self.sums = [0.0]
        for a, b in zip(self.points, self.points[1:]):
            self.sums.append(self.sums[-1] + math.dist(a, b))

    def at(self, metres):
        """East, north and direction so many metres along."""
        metres = min(max(metres, 0), self.sums[-1])
        at = next(
            number
            for number in range(1, len(self.sums))
            if self.sums[number] >= metres and self.sums[number] > self.sums[number - 1]
        )
        a, b = self.points[at - 1], self.points[at]
        share = (metres - self.sums[at - 1]) / (self.sums[at] - self.sums[at - 1])
        east, north = (a[k] + share * (b[k] - a[k]) for k in (0, 1))
        return east, north, math.degrees(math.atan2(b[0] - a[0], b[1] - a[1])) % 360


class Phone:
    """A page on a phone that is somewhere and is held somehow."""

    def __init__(self, browser, base, *, width=360, scripts=(SPIES,), permissions=None):
        self.context = browser.new_context(viewport={"width": width, "height": 780}, locale="ko-KR")
        self.context.grant_permissions(permissions or PERMISSIONS, origin=base)
        for script in scripts:
            self.context.add_init_script(script)
        self.page = self.context.new_page()
        self.page.set_default_timeout(DEADLINE_MILLISECONDS)
        self.devtools = self.context.new_cdp_session(self.page)
        self.base = base
        self.seconds = 1000

    def until(self, condition, *given):
        """Waits for a condition; the page's own policy forbids Playwright's way to wait for one."""
        deadline = time.monotonic() + DEADLINE_MILLISECONDS / 1000
        while not self.page.evaluate(condition, *given):
            if time.monotonic() > deadline:
                raise TimeoutError(condition)
            time.sleep(0.01)

    def open(self, path, question):
        self.page.goto(urljoin(self.base, f"{path}?{urlencode(question)}"))

    def be(self, line, east, north, heading=None, speed=METRES_PER_SECOND, accuracy=12, wait=True):
        """Is at a place, STEP_SECONDS after the place before."""
        self.seconds += STEP_SECONDS
        longitude, latitude = line.ground.degrees(east, north)
        before = self.page.evaluate(f"window.walkSeconds = {self.seconds}; window.taken")
        place = {"latitude": latitude, "longitude": longitude, "accuracy": accuracy, "speed": speed}
        if heading is not None:
            place["heading"] = heading
        self.devtools.send("Emulation.setGeolocationOverride", place)
        if wait:
            self.until(f"window.taken > {before}")

    def walk(self, line, start, end):
        """Walks along a line."""
        metres = start
        while metres <= end:
            self.be(line, *line.at(metres))
            metres += METRES_PER_SECOND * STEP_SECONDS

    def hold(self, quaternion):
        readings = dict(zip("xyzw", quaternion))
        self.devtools.send(
            "Emulation.setSensorOverrideReadings",
            {"type": "absolute-orientation", "reading": {"quaternion": readings}},
        )

    def settle(self, attribute, selector):
        """Waits until nothing has changed for a while: sensors tell at their own pace."""
        last, since = None, time.monotonic()
        while time.monotonic() - since < 0.3:
            now = self.page.get_attribute(selector, attribute)
            if now != last:
                last, since = now, time.monotonic()
            time.sleep(0.02)

    def data(self, name, root="data-walk"):
        return self.page.get_attribute(f"[{root}]", f"data-{name}")

    def spoken(self):
        return [text for _, text in self.page.evaluate("window.spoken")]

    def close(self):
        self.context.close()


def ask(base, path, question):
    with urlopen(urljoin(base, f"{path}?{urlencode(question)}")) as answer:
        return json.load(answer)


def place(base, words):
    found = ask(base, "/map/places", {"q": words})["places"]
    one = next(p for p in found if p["name"] == words)
    # As the pages write places in addresses.
    return f"{one['latitude']:.6f},{one['longitude']:.6f}"


def walking(browser, base, question, route):
    """A walk to the end: what is shown advances, what is said comes in order."""
    line = Line(route["shape"])
    phone = Phone(browser, base)
    phone.open("/wayfinding/walk", question)
    check(phone.page.is_visible("ol.walksteps"), "the whole list is there beside the guide")
    phone.page.click("[data-walk-start]")
    phone.page.wait_for_selector("[data-walk] .walkdrawing .route", state="attached")
    phone.be(line, *line.at(0))
    shown = []
    metres = 0
    while metres <= line.sums[-1] and phone.data("walking") != "arrived":
        phone.be(line, *line.at(metres))
        number = int(phone.data("next"))
        texts = phone.page.inner_text("[data-walk-now]"), route["instructions"][number]["text"]
        check(texts[0] == texts[1], f"{number} is shown: {texts[0]}")
        if not shown or shown[-1] != number:
            shown.append(number)
        metres += METRES_PER_SECOND * STEP_SECONDS
    check(phone.data("walking") == "arrived", "the walk arrives")
    texts = [i["text"] for i in route["instructions"]]
    check(shown == sorted(shown), f"what is shown advances: {shown}")
    turns = [n for n, i in enumerate(route["instructions"]) if i["kind"] != "warning"]
    check(shown == turns, f"every turn is shown: {shown}, not {turns}")
    said = phone.spoken()
    languages = {language for language, _ in phone.page.evaluate("window.spoken")}
    check(languages == {"ko-KR"}, f"it speaks Korean: {languages}")
    check(said[-1:] == texts[-1:], f"arriving is said last: {said[-1:]}")
    heard = [text for text in said if text in texts]
    remaining = iter(texts)
    check(all(text in remaining for text in heard), f"the voice keeps the order: {heard}")
    ring = float(phone.page.get_attribute("[data-map-walk]", "data-radius"))
    check(2 <= ring <= 30, f"the ring says how sure the place is: {ring}")
    phone.close()


def leaving(browser, base, question, route):
    """Leaving the route: it shakes, says so and asks for another way; then a vague position."""
    line = Line(route["shape"])
    phone = Phone(browser, base)
    phone.open("/wayfinding/walk", question)
    phone.page.click("[data-walk-start]")
    phone.page.wait_for_selector("[data-walk] .walkdrawing .route", state="attached")
    phone.walk(line, 0, 40)
    check(phone.data("walking") == "on", "on the route nothing is wrong")
    east, north, heading = line.at(40)
    back = (heading + 180) % 360
    alarm = None
    for step in range(1, 14):
        # Turned round, past the start and on.
        metres = 40 - step * METRES_PER_SECOND * STEP_SECONDS
        east, north, _ = line.at(metres)
        phone.be(line, east, north, back)
        if phone.page.evaluate("window.shaken.length"):
            alarm = step * STEP_SECONDS
            break
    check(alarm is not None and alarm <= 6, f"turning round is noticed at once: {alarm} s")
    check(any("벗어났습니다" in text for text in phone.spoken()), "leaving is said")
    phone.until(
        "Number(document.querySelector('[data-walk]').dataset.reroutes ?? 0) >= 1")
    check(any("새 길" in text for text in phone.spoken()), "the new way is said")
    phone.be(line, *line.at(30), accuracy=160)
    phone.be(line, *line.at(31), accuracy=160)
    state = phone.page.inner_text("[data-walk-state]")
    check("위치가 부정확합니다" in state, f"a vague position is said to be vague: {state}")
    phone.close()


def without_network(browser, base, question, route):
    """The network drops in the middle of a walk."""
    line = Line(route["shape"])
    phone = Phone(browser, base)
    phone.open("/wayfinding/walk", question)
    phone.page.click("[data-walk-start]")
    phone.until(
        "Number(document.querySelector('[data-walk]').dataset.kept ?? 0) > 10")
    phone.walk(line, 0, 30)
    phone.context.set_offline(True)
    check(not phone.page.evaluate("fetch('/wayfinding').then(() => true, () => false)"),
          "the network is away")
    phone.walk(line, 32, 80)
    check(float(phone.data("metres")) > 60, "the guide goes on without a network")
    phone.page.reload()
    check(phone.page.is_visible("ol.walksteps"), "the page opens again without a network")
    phone.page.click("[data-walk-start]")
    phone.page.wait_for_selector("[data-walk] .walkdrawing .route", state="attached")
    phone.seconds += 100
    phone.walk(line, 80, 100)
    check(phone.data("walking") == "on", "and guides again")
    for step in range(1, 14):
        east, north, heading = line.at(100 - step * METRES_PER_SECOND * STEP_SECONDS)
        phone.be(line, east, north, (heading + 180) % 360)
        if phone.data("walking") == "off":
            break
    phone.until("window.spoken.some(([, text]) => text.includes('그대로 안내'))")
    check(phone.data("reroutes") == "0", "without a network the first way stays")
    phone.context.set_offline(False)
    phone.page.click("[data-walk-end]")
    phone.page.wait_for_selector("[data-walk][data-walking=ended]")
    check(phone.page.evaluate("caches.keys()") == [], "finishing deletes the way from the phone")
    phone.close()


def quaternion(heading, pitch, roll=0.0):
    """A phone held upright whose camera looks to a heading, so far down, so far tilted."""
    def times(a, b):
        (x, y, z, w), (p, q, r, s) = a, b
        return (
            w * p + x * s + y * r - z * q, w * q - x * r + y * s + z * p,
            w * r + x * q - y * p + z * s, w * s - x * p - y * q - z * r,
        )

    def about(axis, degrees):
        half = math.radians(degrees) / 2
        return tuple(math.sin(half) * part for part in axis) + (math.cos(half),)

    # Flat with its top to the north; raised until the camera looks ahead; turned; tilted.
    turned = times(about((0, 0, 1), -heading), about((1, 0, 0), 90 - pitch))
    return times(turned, about((0, 0, 1), roll))


def rotate(q, vector):
    """A vector of the phone in the world (Hamilton)."""
    x, y, z, w = q
    a, b, c = vector
    return (
        (1 - 2 * (y * y + z * z)) * a + 2 * (x * y - z * w) * b + 2 * (x * z + y * w) * c,
        2 * (x * y + z * w) * a + (1 - 2 * (x * x + z * z)) * b + 2 * (y * z - x * w) * c,
        2 * (x * z - y * w) * a + 2 * (y * z + x * w) * b + (1 - 2 * (x * x + y * y)) * c,
    )


def pixel(q, point, size, picture):
    """Where a point, relative to the camera, is seen; None behind it."""
    right, up, out = (rotate(q, axis) for axis in ((1, 0, 0), (0, 1, 0), (0, 0, 1)))
    along = [sum(a * b for a, b in zip(axis, point)) for axis in (right, up, out)]
    depth = -along[2]
    if depth < 0.3:
        return None
    scale = max(size[0] / picture[0], size[1] / picture[1])
    focal = max(picture) * scale / 2 / math.tan(math.radians(LONG_SIDE_DEGREES / 2))
    return size[0] / 2 + focal * along[0] / depth, size[1] / 2 - focal * along[1] / depth


def difference(a, b):
    return abs((a - b + 180) % 360 - 180)


def here(phone):
    """Where the page believes to be: metres from the start of the line's ground, and along it."""
    place = phone.data("place", "data-ar").split(",")
    return float(place[0]), float(place[1]), float(phone.data("metres", "data-ar"))


def arrow_error(phone, line, heading):
    """By how many degrees the big arrow is wrong."""
    drawn = phone.page.evaluate(
        "document.querySelector('.bigarrow').getAttribute('transform').match(/rotate\\(([^)]*)/)[1]")
    east, north, metres = here(phone)
    target = line.at(metres + LOOK_AHEAD_METRES)
    bearing = math.degrees(math.atan2(target[0] - east, target[1] - north))
    return round(difference(float(drawn), bearing - heading), 2)


def chevron_errors(phone, line, held):
    """For each arrow on the ground by how many degrees and pixels it is wrong."""
    drawn = phone.page.evaluate("""[...document.querySelectorAll('.chevron')].map(({ dataset }) =>
        [dataset.ahead, dataset.angle, dataset.x, dataset.y].map(Number))""")
    size = phone.page.evaluate("""(() => {
        const { clientWidth, clientHeight } = document.querySelector('[data-ar-stage]');
        const { videoWidth, videoHeight } = document.querySelector('video');
        return [[clientWidth, clientHeight], [videoWidth, videoHeight]]; })()""")
    east, north, metres = here(phone)
    errors = []
    for ahead, angle, x, y in drawn:
        e, n, direction = line.at(metres + ahead)
        along = math.radians(direction)

        def point(forward):
            return (
                e + forward * math.sin(along) - east,
                n + forward * math.cos(along) - north,
                -EYE_METRES,
            )

        tip, back = pixel(held, point(0.6), *size), pixel(held, point(-0.12), *size)
        expected = math.degrees(math.atan2(tip[0] - back[0], back[1] - tip[1]))
        errors.append((round(difference(angle, expected), 2), round(math.dist(tip, (x, y)), 1)))
    return errors


def camera(browser, base, question, route):
    """Arrows point to where the route is, for several places and ways to hold the phone."""
    line = Line.exact(ask(base, "/api/wayfinding/walk", question)["surroundings"])
    phone = Phone(browser, base)
    phone.open("/wayfinding/ar", question)
    for kind in ("absolute-orientation", "relative-orientation"):
        phone.devtools.send(
            "Emulation.setSensorOverrideEnabled", {"enabled": True, "type": kind, "metadata": {}})
    phone.page.click("[data-ar-start]")
    phone.page.wait_for_selector("[data-ar][data-ar=on]")
    arrows, chevrons = [], []
    for stop in (20, 60, 100):
        phone.seconds += 100
        for metres in range(stop - 16, stop + 1, 2):
            phone.be(line, *line.at(metres))
        for turn, pitch, roll in ((0, 15, 0), (40, 5, 0), (-70, 25, 4), (160, 10, -6)):
            heading = (line.at(stop)[2] + turn) % 360
            held = quaternion(heading, pitch, roll)
            phone.hold(held)
            phone.settle("data-turn", "[data-ar]")
            arrows.append(arrow_error(phone, line, heading))
            chevrons += chevron_errors(phone, line, held)
    check(max(arrows) <= 3, f"the big arrow points within 3°: {arrows}")
    check(len(chevrons) >= 12, f"arrows lie on the ground: {len(chevrons)}")
    check(max(angle for angle, _ in chevrons) <= 3, f"and point within 3°: {chevrons}")
    check(max(pixels for _, pixels in chevrons) <= 3, f"and lie within 3 pixels: {chevrons}")
    check(phone.data("arrows", "data-ar") == "shown", "arrows are drawn")
    phone.be(line, *line.at(100), accuracy=200)
    phone.be(line, *line.at(100), accuracy=200)
    phone.page.wait_for_selector("[data-ar][data-arrows=hidden]")
    state = phone.page.inner_text("[data-ar-state]")
    check("위치가 부정확합니다" in state, f"a vague position draws no arrow and says so: {state}")
    phone.page.click("[data-ar-end]")
    check(phone.data("ar", "data-ar") == "ended", "it ends")
    phone.close()


def without_camera(browser, base, question, route):
    """Who has no camera is led to walking mode."""
    phone = Phone(browser, base, permissions=["geolocation"])
    phone.context.add_init_script(
        "navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('no'); };")
    phone.open("/wayfinding/ar", question)
    check(phone.page.is_visible("ol.walksteps"), "the list of steps is there without a camera")
    phone.page.click("[data-ar-start]")
    phone.page.wait_for_selector("[data-ar-fallback]:not([hidden])")
    check("카메라를 쓸 수 없습니다" in phone.page.inner_text("[data-ar-state]"), "it says why")
    phone.page.keyboard.press("Enter")
    phone.page.wait_for_url("**/wayfinding/walk?*")
    check(phone.page.is_visible("[data-walk-start]"), "the focused link leads to walking mode")
    phone.close()


def room(browser, base, question, route):
    """WebXR, by a made-up device: arrows are drawn in a room turned by the compass."""
    line = Line(route["shape"])
    phone = Phone(browser, base, scripts=(SPIES, ROOM))
    phone.open("/wayfinding/ar", question)
    phone.devtools.send(
        "Emulation.setSensorOverrideEnabled",
        {"enabled": True, "type": "absolute-orientation", "metadata": {}},
    )
    phone.page.wait_for_selector("[data-ar-room]:not([hidden])")
    phone.page.click("[data-ar-room]")
    phone.page.wait_for_selector("[data-ar][data-ar=room]")
    phone.hold(quaternion(70, 10))
    for metres in range(0, 21, 2):
        phone.be(line, *line.at(metres))
    phone.until(
        "Number(document.querySelector('[data-ar]').dataset.roomTriangles ?? 0) > 3")
    turn = float(phone.data("room-turn", "data-ar"))
    check(difference(turn, 70) <= 3, f"the room is turned by the compass: {turn}")
    phone.page.click("[data-ar-end]")
    check(phone.page.evaluate("window.roomEnded"), "the session ends")
    phone.close()


def same_filter(browser, base, question, route):
    """The script of the filter gives the answers of the engine."""
    phone = Phone(browser, base)
    phone.open("/wayfinding/walk", question)
    fixture = json.loads((HERE / "positioning.json").read_text())
    answers = phone.page.evaluate(
        """async (fixture) => {
            const script = document.querySelector('script[src*="walk.js"]').src;
            const { PositionFilter } = await import(script.replace('walk.js', 'positioning.js'));
            const filter = new PositionFilter(fixture.network);
            return fixture.fixes.map((fix) => filter.update(fix));
        }""",
        fixture,
    )
    worst = max(
        abs(mine[name] - theirs[name])
        for mine, theirs in zip(answers, fixture["answers"])
        for name in ("eastMetres", "northMetres", "radiusMetres", "offRouteProbability")
    )
    check(worst < 0.01, f"the answers differ by at most {worst}")
    alarms = [[a["isOffRoute"] for a in list] for list in (answers, fixture["answers"])]
    check(alarms[0] == alarms[1], "the alarms are the same")
    phone.close()


def without_scripts(browser, base, question, route):
    """Without scripts the page is the whole list."""
    context = browser.new_context(java_script_enabled=False, locale="ko-KR")
    page = context.new_page()
    page.goto(urljoin(base, f"/wayfinding/walk?{urlencode(question)}"))
    items = page.locator("ol.walksteps > li").count()
    check(items == len(route["instructions"]), f"all steps are listed: {items}")
    check(not page.is_visible("[data-walk-start]"), "no button that does nothing")
    context.close()


def main():
    base = sys.argv[1]
    question = {
        "from": place(base, "해치도서관"),
        "to": place(base, "해치동 주민센터"),
        "toName": "해치동 주민센터",
        "profile": "manualWheelchair",
    }
    route = ask(base, "/api/wayfinding/walk", question | {"lang": "ko"})["route"]
    stories = (
        same_filter, without_scripts, walking, leaving, without_network, camera, without_camera, room,
    )
    with sync_playwright() as playwright:
        browser = launch(
            playwright,
            "--use-fake-device-for-media-stream",
            "--use-fake-ui-for-media-stream",
            *SOFTWARE_GRAPHICS,
        )
        for story in stories:
            try:
                story(browser, base, question, route)
            except Exception as error:
                lines = str(error).splitlines() or [""]
                check(False, f"{story.__name__}: {type(error).__name__}: {lines[0]}")
        browser.close()
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main())
