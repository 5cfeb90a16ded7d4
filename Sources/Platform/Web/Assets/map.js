// Moving maps. A page shows its places in a drawing and a table first; where WebGL and the map library
// are there, and the places lie on the city's map, this puts a map that moves in the drawing's place.
// Without any of them the drawing stays as it is.

const korean = document.documentElement.lang === "ko";
const say = (ko, en) => (korean ? ko : en);

const darkness = matchMedia("(prefers-color-scheme: dark)");
const isDark = () => {
  const theme = document.documentElement.dataset.theme;
  return theme === "dark" || (theme !== "light" && darkness.matches);
};
const strength = matchMedia("(prefers-contrast: more)");
const isStrong = () => document.documentElement.dataset.contrast === "high" || strength.matches;
const isStill = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

// Set-up takes this version; its addresses change with it, so that browsers may keep the files.
const version = "5.3.0";

// The library, once a page; nothing where it cannot run here.
let library;
const load = () => (library ??= loadLibrary());

async function loadLibrary() {
  if (!document.createElement("canvas").getContext("webgl2")) return null;
  const sheet = document.createElement("link");
  sheet.rel = "stylesheet";
  sheet.href = `/vendor/maplibre-gl.css?v=${version}`;
  const script = document.createElement("script");
  script.src = `/vendor/maplibre-gl.js?v=${version}`;
  const ready = Promise.all([sheet, script].map((element) => new Promise((done, fail) => {
    element.addEventListener("load", done);
    element.addEventListener("error", fail);
  })));
  document.head.append(sheet, script);
  try {
    await ready;
  } catch {
    return null;
  }
  window.maplibregl.addProtocol("haechi-glyphs", glyphs);
  return window.maplibregl;
}

// The style of the city's map with whole addresses: its worker has no page to start from.
const styles = new Map();
function currentStyle() {
  const question = new URLSearchParams({
    theme: isDark() ? "dark" : "light", contrast: isStrong() ? "high" : "standard",
  }).toString();
  if (!styles.has(question)) styles.set(question, fetchStyle(question));
  return styles.get(question);
}

async function fetchStyle(question) {
  const answer = await fetch(`/map/style.json?${question}`);
  if (!answer.ok) return null;
  const style = await answer.json();
  for (const source of Object.values(style.sources)) {
    source.tiles = source.tiles?.map((tile) => location.origin + tile);
  }
  return style;
}

const locale = korean ? {
  "AttributionControl.ToggleAttribution": "자료 출처 보기",
  "CooperativeGesturesHandler.WindowsHelpText": "지도를 확대하려면 Ctrl을 누른 채 스크롤하십시오",
  "CooperativeGesturesHandler.MacHelpText": "지도를 확대하려면 ⌘를 누른 채 스크롤하십시오",
  "CooperativeGesturesHandler.MobileHelpText": "지도를 움직이려면 두 손가락을 쓰십시오",
  "Map.Title": "지도",
  "Marker.Title": "표시한 곳",
  "NavigationControl.ResetBearing": "북쪽을 위로",
  "NavigationControl.ZoomIn": "확대",
  "NavigationControl.ZoomOut": "축소",
  "ScaleControl.Meters": "m",
  "ScaleControl.Kilometers": "km",
} : {};

/**
 * Opens a moving map in an element.
 *
 * @param element What holds the map; it needs a height.
 * @param options
 *   center [longitude, latitude] and zoom, or bounds [west, south, east, north]: what is shown first.
 *   places: [{ name, position: [longitude, latitude], label, href }], each a mark that can be reached
 *   with the keyboard.
 *   features: GeoJSON (RFC 7946) drawn over the map: ways, areas, points.
 *   title: what the map is called for people who do not see it.
 *   scrolls: whether turning the wheel over it still scrolls the page.
 * @returns The map of the library with `library`, `marks` and `showFeatures(geojson)`, or null where
 *   no map can be had.
 */
export async function openMap(element, options = {}) {
  const [maplibregl, base] = await Promise.all([load(), currentStyle().catch(() => null)]);
  if (!maplibregl || !base) return null;
  const bounds = options.bounds ?? (options.center ? undefined : base.metadata["haechi:bounds"]);
  const map = new maplibregl.Map({
    container: element,
    style: base,
    center: options.center,
    zoom: options.zoom ?? 16,
    bounds,
    fitBoundsOptions: { padding: 40, maxZoom: 17 },
    maxZoom: 20,
    locale: { ...locale, ...(options.title ? { "Map.Title": options.title } : {}) },
    // Korean is drawn with the fonts of the device; the rest comes from glyphs() below.
    localIdeographFontFamily: "'Noto Sans KR','Noto Sans CJK KR','Malgun Gothic',sans-serif",
    attributionControl: { compact: false },
    cooperativeGestures: options.scrolls ?? true,
    fadeDuration: isStill() ? 0 : 200,
    pitchWithRotate: false,
    dragRotate: false,
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new maplibregl.NavigationControl({ showCompass: false }));
  map.addControl(new maplibregl.ScaleControl());
  let features = options.features ?? null;
  const show = () => features && drawFeatures(map, features);
  map.on("style.load", show);
  for (const wish of [darkness, strength]) {
    wish.addEventListener("change", async () => map.setStyle(await currentStyle()));
  }
  const marks = (options.places ?? []).map((place) => mark(maplibregl, map, place));
  return Object.assign(map, {
    library: maplibregl,
    marks,
    showFeatures(next) {
      features = next;
      if (map.isStyleLoaded()) show();
    },
  });
}

// A place as a link or a button with its number, over the map.
function mark(maplibregl, map, place) {
  const element = document.createElement(place.href ? "a" : "button");
  if (place.href) element.href = place.href; else element.type = "button";
  element.className = "mapmark";
  element.textContent = place.label ?? "";
  element.title = place.name;
  const marker = new maplibregl.Marker({ element, anchor: "center" })
    .setLngLat(place.position).addTo(map);
  element.setAttribute("aria-label", place.label ? `${place.label}. ${place.name}` : place.name);
  // Who walks through the marks with the keyboard sees each.
  element.addEventListener("focus", () => {
    if (!map.getBounds().contains(place.position)) map.easeTo({ center: place.position });
  });
  return marker;
}

function drawFeatures(map, features) {
  const known = map.getSource("page");
  if (known) return known.setData(features);
  const colour = isDark() ? "#7cd0c4" : "#0b625d";
  const paper = isDark() ? "#131819" : "#ffffff";
  map.addSource("page", { type: "geojson", data: features });
  const layer = (id, type, shape, paint, layout = {}) => map.addLayer({
    id: `page-${id}`, type, source: "page", filter: ["==", ["geometry-type"], shape], paint, layout,
  });
  const round = { "line-cap": "round", "line-join": "round" };
  layer("area", "fill", "Polygon", { "fill-color": colour, "fill-opacity": 0.18 });
  layer("casing", "line", "LineString", { "line-color": paper, "line-width": 10 }, round);
  layer("way", "line", "LineString", {
    "line-color": ["coalesce", ["get", "stroke"], colour], "line-width": 6,
  }, round);
  layer("spot", "circle", "Point", {
    "circle-radius": 7, "circle-color": ["coalesce", ["get", "marker-color"], colour],
    "circle-stroke-color": paper, "circle-stroke-width": 2,
  });
}

// --- Letters -----------------------------------------------------------------------------------------
// A map draws text from signed distance fields. Those of Latin letters, digits and signs are made here
// from the device's own font, 256 characters at a time (the glyph format of Mapbox, as protocol buffers).

const fontSize = 24;
const border = 3;
const radius = 8;
const cutoff = 0.25;

async function glyphs({ url }) {
  const [, stack, first] = url.match(/^haechi-glyphs:\/\/([^/]*)\/(\d+)-\d+/);
  const weight = decodeURIComponent(stack).includes("Bold") ? 700 : 500;
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = fontSize * 3;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.font = `${weight} ${fontSize}px ${getComputedStyle(document.documentElement).fontFamily}`;
  const all = [...text(1, stack), ...text(2, `${first}-${Number(first) + 255}`)];
  for (let code = Math.max(Number(first), 32); code < Number(first) + 256; code++) {
    all.push(...bytes(3, glyph(context, code)));
  }
  return { data: new Uint8Array(bytes(1, all)).buffer };
}

function glyph(context, code) {
  const character = String.fromCodePoint(code);
  const measure = context.measureText(character);
  const left = Math.floor(-measure.actualBoundingBoxLeft);
  const top = Math.ceil(measure.actualBoundingBoxAscent);
  const width = Math.max(0, Math.min(fontSize * 2, Math.ceil(measure.actualBoundingBoxRight) - left));
  const height = Math.max(0, Math.min(fontSize * 2, top + Math.ceil(measure.actualBoundingBoxDescent)));
  const fields = [...number(1, code)];
  if (width > 0 && height > 0) {
    const { canvas } = context;
    context.clearRect(0, 0, canvas.width, canvas.height);
    context.fillText(character, border - left, border + top);
    const [w, h] = [width + 2 * border, height + 2 * border];
    const pixels = context.getImageData(0, 0, w, h).data;
    fields.push(...bytes(2, distances(pixels, w, h)));
  }
  // The library places glyphs from a line 27 units above the baseline.
  return [...fields, ...number(3, width), ...number(4, height), ...number(5, zigzag(left)),
    ...number(6, zigzag(top - 27)), ...number(7, Math.round(measure.width))];
}

// How far each pixel is from the edge of the letter (P. Felzenszwalb, D. Huttenlocher, "Distance
// Transforms of Sampled Functions", 2012).
function distances(pixels, width, height) {
  const outside = new Float64Array(width * height);
  const inside = new Float64Array(width * height);
  for (let at = 0; at < outside.length; at++) {
    const share = pixels[4 * at + 3] / 255;
    outside[at] = share === 1 ? 0 : share === 0 ? 1e20 : Math.max(0, 0.5 - share) ** 2;
    inside[at] = share === 1 ? 1e20 : share === 0 ? 0 : Math.max(0, share - 0.5) ** 2;
  }
  transform(outside, width, height);
  transform(inside, width, height);
  return Array.from(outside, (away, at) => {
    const distance = Math.sqrt(away) - Math.sqrt(inside[at]);
    return Math.max(0, Math.min(255, Math.round(255 - 255 * (distance / radius + cutoff))));
  });
}

function transform(grid, width, height) {
  for (let x = 0; x < width; x++) transformLine(grid, x, width, height);
  for (let y = 0; y < height; y++) transformLine(grid, y * width, 1, width);
}

function transformLine(grid, start, step, count) {
  const values = Array.from({ length: count }, (_, at) => grid[start + at * step]);
  const hulls = [0];
  const edges = [-Infinity];
  const meeting = (a, b) => (values[b] + b * b - values[a] - a * a) / (2 * (b - a));
  for (let at = 1; at < count; at++) {
    while (hulls.length > 1 && meeting(hulls.at(-1), at) <= edges.at(-1)) {
      hulls.pop();
      edges.pop();
    }
    edges.push(meeting(hulls.at(-1), at));
    hulls.push(at);
  }
  let hull = 0;
  for (let at = 0; at < count; at++) {
    while (hull + 1 < hulls.length && edges[hull + 1] < at) hull++;
    grid[start + at * step] = values[hulls[hull]] + (at - hulls[hull]) ** 2;
  }
}

const zigzag = (value) => (value << 1) ^ (value >> 31);
function varint(value) {
  const list = [];
  for (let left = value; ; left = Math.floor(left / 128)) {
    if (left < 128) return [...list, left];
    list.push((left % 128) | 128);
  }
}
const number = (field, value) => [...varint(field << 3), ...varint(value)];
const bytes = (field, content) => varint((field << 3) | 2).concat(varint(content.length), content);
const text = (field, content) => bytes(field, [...new TextEncoder().encode(content)]);

// --- The maps of the page ----------------------------------------------------------------------------

function within(bounds, [longitude, latitude]) {
  const [west, south, east, north] = bounds;
  return longitude >= west && longitude <= east && latitude >= south && latitude <= north;
}

// A drawing with its places becomes a moving map.
async function enhance(view) {
  const drawing = view.querySelector("svg");
  const places = [...view.querySelectorAll("[data-longitude]")].map((pin) => ({
    name: pin.dataset.name,
    label: pin.dataset.label,
    href: pin.dataset.href,
    position: [Number(pin.dataset.longitude), Number(pin.dataset.latitude)],
  }));
  const corners = ["west", "south", "east", "north"].map((side) => Number(view.dataset[side]));
  const base = await currentStyle().catch(() => null);
  const city = base?.metadata["haechi:bounds"];
  const points = places.length ? places.map((place) => place.position)
    : [[corners[0], corners[1]], [corners[2], corners[3]]];
  if (!city || !points.every((point) => within(city, point))) return;
  let features = null;
  if (view.dataset.features) {
    const answer = await fetch(view.dataset.features).catch(() => null);
    if (answer?.ok) features = await answer.json();
  } else if (!places.length) {
    // Areas without their shapes stay a drawing.
    return;
  }
  const holder = document.createElement("div");
  holder.className = "mapcanvas";
  view.prepend(holder);
  const sides = [0, 1].map((axis) => points.map((point) => point[axis]));
  const bounds = [...sides.map((side) => Math.min(...side)), ...sides.map((side) => Math.max(...side))];
  const map = await openMap(holder, {
    bounds, places, features,
    title: `${drawing?.querySelector("title")?.textContent ?? ""} (${say("움직이는 지도", "moving map")})`,
  });
  if (!map) return holder.remove();
  drawing?.setAttribute("hidden", "");
  view.dataset.map = "moving";
  view.dispatchEvent(new CustomEvent("haechi-map", { bubbles: true, detail: map }));
}

// A map that is far down the page costs nothing until it comes near.
const watcher = new IntersectionObserver((entries) => {
  for (const entry of entries) {
    if (!entry.isIntersecting) continue;
    watcher.unobserve(entry.target);
    enhance(entry.target);
  }
}, { rootMargin: "200px" });
for (const view of document.querySelectorAll("[data-map]")) watcher.observe(view);
