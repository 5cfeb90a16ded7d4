// Camera mode: the way as arrows on the ground of the camera's picture. Where the position or the
// compass is too vague for that, it says so and draws nothing; without a camera it leads to walking mode.

import { Guide, positionOptions } from "./following.js";
import { Projection, cameraHeading, screenAxes, turnDegrees } from "./projection.js";
import { RoomView, isRoomViewPossible } from "./roomview.js";

// The camera of somebody who holds a phone before them, in metres above the ground.
const eyeMetres = 1.4;
// The big arrow points to where the route is so far ahead.
const lookAheadMetres = 12;
const chevronMetres = [3, 5, 8, 12, 17, 23];
const chevronSize = 0.6;
const signMetres = 60;
// A compass that admits a larger error shows the wrong way.
const vagueCompassDegrees = 20;
// Without a direction by then there is no compass.
const compassPatienceMilliseconds = 4000;
// Who wants less motion sees the arrows step.
const calmMilliseconds = 500;

const space = "http://www.w3.org/2000/svg";
const draw = (name, attributes, text) => {
  const element = document.createElementNS(space, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (text) element.textContent = text;
  return element;
};

class CameraWalk extends Guide {
  constructor(root) {
    super(root, "ar");
    this.isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    isRoomViewPossible().then((possible) => {
      this.part("room").hidden = !possible;
      this.part("room").addEventListener("click", () => this.startRoom());
    });
  }

  async start() {
    // Safari asks for the compass only from within a click.
    const asking = window.DeviceOrientationEvent?.requestPermission?.().catch(() => "denied");
    try {
      const stream = await navigator.mediaDevices.getUserMedia({
        video: { facingMode: "environment" }, audio: false,
      });
      this.stream = stream;
      this.part("video").srcObject = stream;
      await this.part("video").play();
    } catch {
      return this.giveUp(this.words.noCamera);
    }
    if (await asking === "denied") return this.giveUp(this.words.noCompass);
    if (!await this.follow()) return;
    this.root.dataset.ar = "on";
    this.part("stage").hidden = false;
    this.part("stage").scrollIntoView();
    this.part("start").hidden = true;
    this.part("end").hidden = false;
    this.listen();
  }

  // Loads the route and follows the position; false where that cannot be.
  async follow() {
    try {
      await this.following.load();
    } catch {
      this.giveUp(this.words.noRoute);
      return false;
    }
    this.wakefulness.hold();
    this.state(this.words.waiting);
    this.watch = navigator.geolocation.watchPosition(
      (position) => this.take(position),
      (error) => (error.code === error.PERMISSION_DENIED
        ? this.giveUp(this.words.denied) : this.state(this.words.noPosition, true)),
      positionOptions,
    );
    return true;
  }

  listen() {
    this.turned = (event) => this.orient(event);
    const name = "ondeviceorientationabsolute" in window ? "deviceorientationabsolute" : "deviceorientation";
    window.addEventListener(name, this.turned);
    this.orientationName = name;
    this.patience = setTimeout(() => {
      if (!this.axes) this.state(this.words.noCompass, true);
    }, compassPatienceMilliseconds);
  }

  orient(event) {
    // Safari gives the direction apart; without an absolute one there is nothing to point with.
    const alpha = event.webkitCompassHeading !== undefined
      ? 360 - event.webkitCompassHeading : event.absolute ? event.alpha : null;
    if (alpha === null || event.beta === null || event.gamma === null) return;
    this.compassError = event.webkitCompassAccuracy ?? 0;
    this.axes = screenAxes(alpha, event.beta, event.gamma, screen.orientation?.angle ?? 0);
    this.redraw();
  }

  get isCompassVague() {
    return this.compassError < 0 || this.compassError > vagueCompassDegrees;
  }

  take(position) {
    if (this.watch === undefined) return;
    const taken = this.following.take(position);
    const { isVague, isOffRoute } = taken;
    this.tell(taken);
    this.part("now").textContent = this.following.next.text;
    this.part("ahead").textContent = this.following.distance(this.following.ahead);
    this.part("barrier").textContent = this.following.barrierText;
    const { ring } = this.following;
    if (isVague) this.state(this.words.vague.replace("{metres}", ring), true);
    else if (isOffRoute) this.state(this.words.offRoute, true);
    else if (this.axes && this.isCompassVague) this.state(this.words.vagueCompass, true);
    else this.state(this.words.sure.replace("{metres}", ring));
    if (isOffRoute) this.reroute();
    this.redraw();
    if (this.following.isArrived) this.rest();
  }

  async reroute() {
    const isNew = await this.following.reroute();
    if (isNew !== null && this.watch !== undefined) {
      this.say(isNew ? this.words.rerouted : this.words.noReroute);
    }
  }

  // Draws at most once a frame, and only what changed for somebody who wants less motion.
  redraw() {
    if (this.isDrawing) return;
    this.isDrawing = true;
    const run = () => {
      this.isDrawing = false;
      this.draw();
    };
    if (this.isCalm) setTimeout(run, calmMilliseconds);
    else requestAnimationFrame(run);
  }

  draw() {
    const overlay = this.part("overlay");
    const { estimate } = this.following;
    const isShown = this.axes && estimate && !this.following.isVague && !this.isCompassVague;
    overlay.toggleAttribute("hidden", !isShown);
    this.root.dataset.arrows = isShown ? "shown" : "hidden";
    if (!isShown) return;
    const { clientWidth: width, clientHeight: height } = this.part("stage");
    const video = this.part("video");
    overlay.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.projection = new Projection(
      this.axes, width, height, video.videoWidth || undefined, video.videoHeight || undefined);
    overlay.replaceChildren(...this.#chevrons(), ...this.#signs(), this.#arrow(width, height));
  }

  #relative(place, up) {
    const { eastMetres, northMetres } = this.following.estimate;
    return [place.east - eastMetres, place.north - northMetres, up];
  }

  // The big arrow at the lower edge: how far to turn.
  #arrow(width, height) {
    const { map, metres } = this.following;
    const target = map.routePlace(Math.min(metres + lookAheadMetres, map.routeLength));
    const [east, north] = this.#relative(target, 0);
    const bearing = Math.atan2(east, north) * 180 / Math.PI;
    const turn = turnDegrees(cameraHeading(this.axes), bearing);
    const { eastMetres, northMetres } = this.following.estimate;
    Object.assign(this.root.dataset, {
      turn: turn.toFixed(2), metres: metres.toFixed(2),
      place: `${eastMetres.toFixed(2)},${northMetres.toFixed(2)}`,
    });
    const size = Math.min(width, height) * 0.16;
    return draw("path", {
      class: "bigarrow", d: "M0 -1L.72 .7L0 .3L-.72 .7Z",
      transform: `translate(${width / 2} ${height - size * 1.4}) rotate(${turn.toFixed(2)}) scale(${size})`,
    });
  }

  // Arrows that lie on the ground along the route.
  #chevrons() {
    const { map, metres } = this.following;
    return chevronMetres.filter((ahead) => metres + ahead <= map.routeLength).flatMap((ahead) => {
      const place = map.routePlace(metres + ahead);
      const angle = place.bearing * Math.PI / 180;
      const corner = (forward, side) => this.projection.pixel(this.#relative({
        east: place.east + chevronSize * (forward * Math.sin(angle) + side * Math.cos(angle)),
        north: place.north + chevronSize * (forward * Math.cos(angle) - side * Math.sin(angle)),
      }, -eyeMetres));
      const corners = [[1, 0], [-0.7, 0.8], [-0.2, 0], [-0.7, -0.8]].map(([f, s]) => corner(f, s));
      if (corners.includes(null)) return [];
      const text = corners.map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`).join("L");
      const [tip, , back] = corners;
      const drawn = Math.atan2(tip.x - back.x, back.y - tip.y) * 180 / Math.PI;
      return [draw("path", {
        class: "chevron", d: `M${text}Z`, "data-ahead": ahead, "data-angle": drawn.toFixed(2),
        "data-x": tip.x.toFixed(1), "data-y": tip.y.toFixed(1),
      })];
    });
  }

  // Lifts and barriers stand as signs where they are.
  #signs() {
    const { route, metres, map } = this.following;
    const lifts = route.instructions.filter((instruction) => instruction.kind === "lift")
      .map((instruction) => ({ ...instruction, text: this.words.lift }));
    return [...lifts, ...route.barriers]
      .filter(({ metresFromStart }) => metresFromStart >= metres && metresFromStart < metres + signMetres)
      .flatMap(({ position: [longitude, latitude], text, metresFromStart }) => {
        const pixel = this.projection.pixel(this.#relative(map.metres(latitude, longitude), 0.6));
        if (!pixel) return [];
        const sign = draw("g", { class: "sign", transform: `translate(${pixel.x.toFixed(1)} ${pixel.y.toFixed(1)})` });
        const label = `${text} ${Math.round(metresFromStart - metres)} m`;
        const half = label.length * 8;
        sign.append(
          draw("rect", { x: -half, y: -18, width: 2 * half, height: 36, rx: 4 }),
          draw("text", { "text-anchor": "middle", dy: ".35em" }, label));
        return [sign];
      });
  }

  async startRoom() {
    if (!await this.follow()) return;
    this.part("end").hidden = false;
    this.listen();
    this.room = new RoomView(this);
    try {
      await this.room.start();
      this.root.dataset.ar = "room";
    } catch {
      this.giveUp(this.words.noRoom);
    }
  }

  rest() {
    if (this.watch !== undefined) navigator.geolocation.clearWatch(this.watch);
    this.watch = undefined;
    clearTimeout(this.patience);
    if (this.turned) window.removeEventListener(this.orientationName, this.turned);
    for (const track of this.stream?.getTracks() ?? []) track.stop();
    this.room?.stop();
    this.wakefulness.release();
  }

  // Walking mode needs neither a camera nor a compass.
  giveUp(text) {
    this.rest();
    this.root.dataset.ar = "stopped";
    this.part("stage").hidden = true;
    this.part("start").hidden = false;
    this.state(text, true);
    this.part("live").textContent = text;
    this.part("fallback").hidden = false;
    this.part("fallback").querySelector("a").focus();
  }

  end() {
    this.rest();
    this.voice.stop();
    this.root.dataset.ar = "ended";
    this.part("stage").hidden = true;
    this.part("end").hidden = true;
    this.part("start").hidden = false;
    this.state("");
  }
}

for (const root of document.querySelectorAll("[data-ar]")) new CameraWalk(root);
