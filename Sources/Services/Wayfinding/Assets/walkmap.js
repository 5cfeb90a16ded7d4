// The map of a walk: the ways around the route, the route, and the ring that holds the walker. Drawn
// here, so that it is there without a connection; where the city's moving map can be had, that one.

import { openMap } from "./map.js";

const space = "http://www.w3.org/2000/svg";
// What is shown around the walker, in metres.
const reachMetres = 70;
const ringCorners = 48;

const draw = (name, attributes) => {
  const element = document.createElementNS(space, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
};

export class WalkMap {
  constructor(element, title) {
    this.element = element;
    this.title = title;
    this.svg = draw("svg", { role: "img", class: "walkdrawing", "aria-label": title });
    element.append(this.svg);
  }

  // Shows another route.
  show(following) {
    this.following = following;
    const { map, surroundings } = following;
    const path = (points) => "M" + points.map(([x, y]) => `${x.toFixed(1)} ${(-y).toFixed(1)}`).join("L");
    this.svg.replaceChildren(
      ...surroundings.segments.map((_, at) => draw("path", { class: "way", d: path(map.points[at]) })),
      draw("path", { class: "route", d: path(map.line) }),
      this.ring = draw("circle", { class: "ring", r: 0 }),
      this.dot = draw("circle", { class: "dot", r: 3 }),
    );
    const [x, y] = map.line[0] ?? [0, 0];
    this.#look(x, y);
    if (!this.moving) this.#open();
    else this.#features();
  }

  #look(east, north) {
    this.svg.setAttribute(
      "viewBox", `${east - reachMetres} ${-north - reachMetres} ${2 * reachMetres} ${2 * reachMetres}`);
  }

  // Shows where the walker is, and how sure that is.
  update(estimate) {
    this.estimate = estimate;
    for (const mark of [this.ring, this.dot]) {
      mark.setAttribute("cx", estimate.eastMetres);
      mark.setAttribute("cy", -estimate.northMetres);
    }
    this.ring.setAttribute("r", estimate.radiusMetres.toFixed(1));
    this.element.dataset.radius = estimate.radiusMetres.toFixed(1);
    this.#look(estimate.eastMetres, estimate.northMetres);
    this.#features();
  }

  async #open() {
    this.moving = true;
    const holder = document.createElement("div");
    holder.className = "mapcanvas";
    this.element.prepend(holder);
    const [longitude, latitude] = this.following.route.shape[0];
    const map = await openMap(holder, { center: [longitude, latitude], zoom: 17, title: this.title })
      .catch(() => null);
    if (!map) return holder.remove();
    this.map = map;
    this.svg.setAttribute("hidden", "");
    this.#features();
  }

  #features() {
    if (!this.map) return;
    const feature = (type, coordinates) => ({ type: "Feature", properties: {}, geometry: { type, coordinates } });
    const features = [feature("LineString", this.following.route.shape)];
    if (this.estimate) {
      const { eastMetres, northMetres, radiusMetres } = this.estimate;
      const degrees = (east, north) => {
        const { latitude, longitude } = this.following.map.degrees(east, north);
        return [longitude, latitude];
      };
      const ring = Array.from({ length: ringCorners + 1 }, (_, at) => {
        const angle = at / ringCorners * 2 * Math.PI;
        return degrees(
          eastMetres + radiusMetres * Math.sin(angle), northMetres + radiusMetres * Math.cos(angle));
      });
      const here = degrees(eastMetres, northMetres);
      features.push(feature("Polygon", [ring]), feature("Point", here));
      this.map.jumpTo({ center: here });
    }
    this.map.showFeatures({ type: "FeatureCollection", features });
  }
}
