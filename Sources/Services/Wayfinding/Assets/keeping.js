// Keeps a walk on the phone, so that it goes on where the network does not: asks the page's service
// worker for the page, its scripts, the route and the tiles along it.

// The moving map is looked at from this zoom to that one while walking.
const tileZooms = [14, 15, 16, 17];
const maximumTileCount = 160;

export class Keeping {
  constructor(workerAddress) { this.workerAddress = workerAddress; }

  // What was kept: { count, bytes }, or null where nothing can be kept.
  async keep(addresses, shape) {
    if (!("serviceWorker" in navigator)) return null;
    await navigator.serviceWorker.register(this.workerAddress, { scope: "/wayfinding/" });
    const registration = await navigator.serviceWorker.ready;
    this.worker = registration.active;
    const all = [location.href, ...addresses, ...this.#parts(), ...await this.#tiles(shape)];
    return this.#ask({
      kind: "keep", addresses: [...new Set(all.map((address) => new URL(address, location.href).href))],
      language: document.documentElement.lang,
    });
  }

  async forget() {
    const registration = await navigator.serviceWorker?.getRegistration("/wayfinding/");
    this.worker = registration?.active;
    if (this.worker) await this.#ask({ kind: "forget" });
  }

  #ask(message) {
    return new Promise((done) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = (event) => done(event.data);
      this.worker.postMessage(message, [port2]);
    });
  }

  // What the page has loaded from this site so far: scripts, sheets, the map library.
  #parts() {
    return performance.getEntriesByType("resource").map((entry) => entry.name)
      .filter((name) => /^\/(assets|vendor)\//.test(new URL(name).pathname) && name.startsWith(location.origin));
  }

  // The tiles under the route.
  async #tiles(shape) {
    const themes = ["light", "dark"].flatMap((theme) => ["standard", "high"].map(
      (contrast) => `/map/style.json?theme=${theme}&contrast=${contrast}`));
    const answer = await fetch(themes[0]).catch(() => null);
    if (!answer?.ok) return [];
    const style = await answer.json();
    const tiles = new Set();
    for (const template of Object.values(style.sources).flatMap((source) => source.tiles ?? [])) {
      for (const zoom of tileZooms) {
        for (const [longitude, latitude] of shape) {
          const [x, y] = tileAt(longitude, latitude, zoom);
          for (const [dx, dy] of [[0, 0], [1, 0], [-1, 0], [0, 1], [0, -1]]) {
            if (tiles.size >= maximumTileCount) break;
            tiles.add(template.replace("{z}", zoom).replace("{x}", x + dx).replace("{y}", y + dy));
          }
        }
      }
    }
    return [...themes, ...tiles];
  }
}

// The tile of a place in the Web Mercator scheme.
function tileAt(longitude, latitude, zoom) {
  const sine = Math.sin(latitude * Math.PI / 180);
  const size = 2 ** zoom;
  return [
    Math.floor((longitude + 180) / 360 * size),
    Math.floor((0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * size),
  ];
}
