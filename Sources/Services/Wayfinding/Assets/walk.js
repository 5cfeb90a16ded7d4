// Walking mode: follows the position, shows and speaks what comes next, and says when the route was
// left. Without this the page is the list of all steps.

import { Guide, positionOptions } from "./following.js";
import { Keeping } from "./keeping.js";
import { WalkMap } from "./walkmap.js";

class Walk extends Guide {
  constructor(root) {
    super(root, "walk");
    this.keeping = new Keeping(root.dataset.worker);
    this.part("repeat").addEventListener("click", () => this.repeat());
    this.part("voice").addEventListener("change", (event) => {
      this.voice.isOn = event.target.checked;
      if (!this.voice.isOn) this.voice.stop();
    });
  }

  repeat() { this.voice.repeat(); }

  async start() {
    this.part("start").hidden = true;
    for (const name of ["repeat", "end"]) this.part(name).hidden = false;
    this.root.dataset.walking = "waiting";
    this.root.scrollIntoView();
    this.state(this.words.waiting);
    try {
      await this.following.load();
    } catch {
      return this.stop(this.words.noRoute);
    }
    this.drawing ??= new WalkMap(this.root.querySelector("[data-map-walk]"), this.words.map);
    this.drawing.show(this.following);
    if (!("geolocation" in navigator)) return this.stop(this.words.denied);
    this.wakefulness.hold();
    this.watch = navigator.geolocation.watchPosition(
      (position) => this.take(position), (error) => this.fail(error),
      positionOptions,
    );
    this.keep();
  }

  async keep() {
    const kept = await this.keeping.keep([this.following.address.href], this.following.route.shape)
      .catch(() => null);
    this.root.dataset.kept = kept?.count ?? 0;
    this.part("kept").textContent = kept?.count ? this.words.kept : this.words.notKept;
  }

  fail(error) {
    if (error.code === error.PERMISSION_DENIED) this.stop(this.words.denied);
    else this.state(this.words.noPosition, true);
  }

  take(position) {
    if (this.watch === undefined) return;
    const taken = this.following.take(position);
    const { estimate, next, ahead, isVague, isOffRoute } = taken;
    this.root.dataset.walking = isOffRoute ? "off" : "on";
    this.root.dataset.metres = this.following.metres.toFixed(1);
    this.root.dataset.next = this.following.nextNumber;
    this.part("now").textContent = next.text;
    this.part("barrier").textContent = this.following.barrierText;
    this.part("ahead").textContent = this.following.distance(ahead);
    this.drawing.update(estimate);
    const { ring } = this.following;
    if (isVague) this.state(this.words.vague.replace("{metres}", ring), true);
    else if (isOffRoute) this.state(this.words.offRoute, true);
    else this.state(this.words.sure.replace("{metres}", ring));
    this.tell(taken);
    if (isOffRoute) this.reroute();
    if (this.following.isArrived) this.arrive();
  }

  async reroute() {
    const isNew = await this.following.reroute();
    if (isNew === null || this.watch === undefined) return;
    this.root.dataset.reroutes = Number(this.root.dataset.reroutes ?? 0) + (isNew ? 1 : 0);
    this.say(isNew ? this.words.rerouted : this.words.noReroute);
    if (!isNew) return;
    this.drawing.show(this.following);
    this.keep();
  }

  arrive() {
    this.part("now").textContent = this.following.route.instructions.at(-1).text;
    this.part("ahead").textContent = "";
    this.root.dataset.walking = "arrived";
    this.#rest();
  }

  #rest() {
    if (this.watch !== undefined) navigator.geolocation.clearWatch(this.watch);
    this.watch = undefined;
    this.wakefulness.release();
  }

  // The list of steps is still there.
  stop(text) {
    this.#rest();
    this.root.dataset.walking = "stopped";
    this.part("start").hidden = false;
    this.state(text, true);
    this.part("live").textContent = text;
  }

  async end() {
    this.#rest();
    this.voice.stop();
    await this.keeping.forget();
    this.root.dataset.walking = "ended";
    this.root.dataset.kept = 0;
    this.part("start").hidden = false;
    for (const name of ["repeat", "end"]) this.part(name).hidden = true;
    for (const name of ["now", "ahead", "barrier", "kept"]) this.part(name).textContent = "";
    this.state(this.words.forgotten);
  }
}

for (const root of document.querySelectorAll("[data-walk]")) new Walk(root);
