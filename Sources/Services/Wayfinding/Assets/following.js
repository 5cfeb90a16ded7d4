// Follows a walker along a route: what comes next, what is to be said, whether the route was left.
// The walking page and the camera page show it, each in its own way.

import { PositionFilter } from "./positioning.js";

// Where the true place may be farther away than this, the pages say that they do not know it.
export const vagueMetres = 25;
// A receiver that admits so much has lost the sky; what the filter still believes is memory.
const vagueAccuracyMetres = 100;
// A turn is told from so far, and told again from so near.
const earlyMetres = 40;
const nowMetres = 12;
const warningMetres = 25;
const arrivedMetres = 8;
// The server is not asked for another way more often, in seconds.
const rerouteSeconds = 20;

export class Following {
  // The address answers with a route and the ways around it; words are the page's own.
  constructor(address, words) {
    this.address = new URL(address, location.href);
    this.words = words;
    this.lastReroute = -Infinity;
    this.isRerouting = false;
    this.wasOff = false;
  }

  async load(address = this.address) {
    const answer = await fetch(address, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(`answered with ${answer.status}`);
    this.#take(await answer.json());
  }

  #take(answer) {
    this.route = answer.route;
    this.surroundings = answer.surroundings;
    this.filter = new PositionFilter(answer.surroundings);
    this.metres = 0;
    this.said = new Set();
    this.isArrived = false;
    this.wasOff = false;
  }

  get map() { return this.filter.map; }

  // Takes a GeolocationPosition; what is to be shown and said of it.
  take(position) {
    const { latitude, longitude, accuracy, speed, heading } = position.coords;
    this.accuracy = accuracy;
    const number = (value) => (Number.isFinite(value) ? value : null);
    this.estimate = this.filter.update({
      latitude, longitude, seconds: position.timestamp / 1000, accuracyMetres: accuracy,
      metresPerSecond: number(speed), headingDegrees: number(heading),
    });
    if (this.estimate.routeMetres !== null && !this.estimate.isOffRoute) {
      this.metres = this.estimate.routeMetres;
    }
    return {
      estimate: this.estimate, next: this.next, ahead: this.ahead, isVague: this.isVague,
      isOffRoute: this.estimate.isOffRoute, speech: this.#speech(),
    };
  }

  get isVague() {
    return !this.estimate || this.estimate.radiusMetres > vagueMetres
      || this.accuracy > vagueAccuracyMetres;
  }

  // The radius that the pages show: what is believed, or what the receiver admits where that is vague.
  get ring() {
    return Math.round(this.accuracy > vagueAccuracyMetres ? this.accuracy : this.estimate.radiusMetres);
  }

  // The number of what is to be done next; setting off is over with the first steps.
  get nextNumber() {
    const { instructions } = this.route;
    const found = instructions.findIndex(({ kind, metresFromStart }) =>
      kind !== "warning" && metresFromStart >= this.metres - 3 && (kind !== "depart" || this.metres < 2));
    return found < 0 ? instructions.length - 1 : found;
  }

  get next() { return this.route.instructions[this.nextNumber]; }

  // Metres to it.
  get ahead() { return Math.max(this.next.metresFromStart - this.metres, 0); }

  // The barrier that comes next.
  get barrier() {
    return this.route.barriers.find((barrier) => barrier.metresFromStart >= this.metres - 3);
  }

  get barrierText() {
    const { barrier } = this;
    if (!barrier) return this.words.noBarrier;
    const ahead = Math.max(barrier.metresFromStart - this.metres, 0);
    return `${this.words.barrier} ${barrier.text}, ${this.distance(ahead)}`;
  }

  // "30 m ahead", in steps of 10 m: the place is not known better.
  distance(metres) {
    if (metres < nowMetres) return this.words.here;
    return this.words.ahead.replace("{metres}", Math.round(metres / 10) * 10);
  }

  // What is to be said now, in order; nothing is said twice.
  #speech() {
    const sentences = [];
    const say = (key, text) => {
      if (this.said.has(key)) return;
      this.said.add(key);
      sentences.push(text);
    };
    if (this.estimate.isOffRoute) {
      if (!this.wasOff) sentences.push(this.words.offRoute);
      this.wasOff = true;
      return sentences;
    }
    this.wasOff = false;
    this.route.instructions.forEach((instruction, at) => {
      const ahead = instruction.metresFromStart - this.metres;
      if (ahead < -5 && instruction.kind !== "depart") return;
      if (instruction.kind === "depart") return say(`${at}`, instruction.text);
      if (instruction.kind === "arrive") {
        if (ahead <= arrivedMetres) {
          say(`${at}`, instruction.text);
          this.isArrived = true;
        }
        return;
      }
      const early = instruction.kind === "warning" ? warningMetres : earlyMetres;
      if (ahead <= nowMetres) {
        this.said.add(`${at} early`);
        say(`${at}`, instruction.text);
      } else if (ahead <= early) {
        say(`${at} early`, `${this.distance(ahead)}, ${instruction.text}`);
      }
    });
    return sentences;
  }

  // Asks for a way from here; true where there is a new one, false where the old one stays, null where
  // it was asked for just now.
  async reroute() {
    const now = performance.now() / 1000;
    if (this.isRerouting || now - this.lastReroute < rerouteSeconds || !this.estimate) return null;
    this.lastReroute = now;
    this.isRerouting = true;
    const here = this.map.degrees(this.estimate.eastMetres, this.estimate.northMetres);
    const address = new URL(this.address);
    // The best way from here, also for who had chosen another.
    address.searchParams.delete("way");
    address.searchParams.set("from", `${here.latitude.toFixed(6)},${here.longitude.toFixed(6)}`);
    try {
      await this.load(address);
      return true;
    } catch {
      return false;
    } finally {
      this.isRerouting = false;
    }
  }
}

// A position older than this is not where somebody is.
export const positionOptions = { enableHighAccuracy: true, maximumAge: 2000 };

const offRoutePattern = [300, 120, 300, 120, 300];

// What the walking page and the camera page have in common: their parts, what stands in them, the voice.
export class Guide {
  constructor(root, prefix) {
    this.root = root;
    this.prefix = prefix;
    this.words = JSON.parse(root.dataset.words);
    this.following = new Following(root.dataset.answer, this.words);
    this.voice = new Voice();
    this.wakefulness = new Wakefulness();
    this.part("panel").hidden = false;
    this.part("start").addEventListener("click", () => this.start());
    this.part("end").addEventListener("click", () => this.end());
  }

  part(name) { return this.root.querySelector(`[data-${this.prefix}-${name}]`); }

  state(text, isWarning = false) {
    const state = this.part("state");
    if (state.textContent !== text) state.textContent = text;
    state.classList.toggle("attention", isWarning);
  }

  // What is spoken stands in the live region too, for screen readers and for whoever reads.
  say(text) {
    this.part("live").textContent = text;
    this.voice.say(text);
  }

  // Tells what is to be said, and shakes the phone of who has just left the route.
  tell({ isOffRoute, speech }) {
    if (isOffRoute && speech.length) navigator.vibrate?.(offRoutePattern);
    for (const sentence of speech) this.say(sentence);
  }
}

// Speaks in the language of the page; the switch of the page turns it off.
export class Voice {
  constructor() { this.isOn = true; }

  say(text) {
    this.last = text;
    if (!this.isOn || !("speechSynthesis" in window)) return;
    const utterance = new SpeechSynthesisUtterance(text);
    utterance.lang = document.documentElement.lang === "ko" ? "ko-KR" : "en-US";
    speechSynthesis.speak(utterance);
  }

  repeat() {
    if ("speechSynthesis" in window) speechSynthesis.cancel();
    if (this.last) this.say(this.last);
  }

  stop() {
    if ("speechSynthesis" in window) speechSynthesis.cancel();
  }
}

// Keeps the screen on while somebody walks; the system takes the lock away when the page is hidden.
export class Wakefulness {
  constructor() {
    this.again = () => { if (document.visibilityState === "visible") this.hold(); };
  }

  async hold() {
    document.addEventListener("visibilitychange", this.again);
    try {
      this.lock = await navigator.wakeLock?.request("screen");
    } catch {
      // Low battery: the walk goes on, only the screen goes dark.
      this.lock = null;
    }
  }

  async release() {
    document.removeEventListener("visibilitychange", this.again);
    await this.lock?.release();
    this.lock = null;
  }
}
