// Makes the wall live: events by server bring tiles anew, stills are asked again, and keys pick and
// decide. Without this the page shows stills, and its forms and links do the same.
import { shortcutsAreOn } from "./shortcuts.js";

const stillMilliseconds = 1000;
const wall = document.querySelector("[data-wall]");
let picked = null;

const tiles = () => [...document.querySelectorAll(".walltile")];
const pickedTile = () => tiles().find((tile) => tile.dataset.camera === picked);

function piece(markup) {
  const template = document.createElement("template");
  template.innerHTML = markup;
  return template.content.firstElementChild;
}

// The picture of a camera stays where it is shown again: nothing flickers.
function takeTiles(markup) {
  const fresh = piece(markup);
  const old = document.querySelector("[data-wall-tiles]");
  if (!old || !fresh) return;
  const focus = document.activeElement?.closest?.(".walltile")?.dataset;
  const openEvent = focus && document.activeElement.closest("details[open]") ? focus.event : null;
  // Whoever is choosing a reason is not disturbed: the event is still there, or the server says so.
  if (openEvent && fresh.querySelector(`[data-event="${openEvent}"]`)) {
    const kept = old.querySelector(`[data-event="${openEvent}"]`);
    const place = fresh.querySelector(`[data-event="${openEvent}"]`);
    if ([...old.children].indexOf(kept) === [...fresh.children].indexOf(place)) {
      [...fresh.children].forEach((tile, index) => {
        if (old.children[index] && old.children[index] !== kept) old.children[index].replaceWith(tile.cloneNode(true));
      });
      return markPicked();
    }
  }
  for (const tile of fresh.children) {
    const image = old.querySelector(`[data-camera="${tile.dataset.camera}"] img`);
    if (image) tile.querySelector("img").replaceWith(image);
  }
  old.replaceWith(fresh);
  if (focus) document.querySelector(`.walltile[data-camera="${focus.camera}"]`)?.focus();
  markPicked();
}

function markPicked() {
  for (const tile of tiles()) {
    if (tile.dataset.camera === picked) tile.setAttribute("aria-current", "true");
    else tile.removeAttribute("aria-current");
  }
}

function pick(tile) {
  picked = tile.dataset.camera;
  const large = document.querySelector("[data-wall-large]");
  large.src = tile.dataset.stream;
  document.querySelector("[data-wall-name]").textContent = tile.dataset.name;
  document.querySelector("[data-wall-camera]").href = `/cameras/list/${picked}`;
  markPicked();
  tile.focus();
}

function refreshStills() {
  if (document.hidden) return;
  for (const image of document.querySelectorAll("img[data-still]")) {
    if (!image.complete) continue;
    image.src = `${image.src.split("?")[0]}?at=${Date.now()}`;
  }
}

// A decision is sent without leaving the wall; where that fails the form is sent as it stands.
async function decide(form) {
  try {
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
    if (!answer.ok) throw new Error(`answered with ${answer.status}`);
    const tile = form.closest(".walltile");
    tile?.classList.remove("event");
    tile?.querySelectorAll(".tileevent, .tileacts").forEach((part) => part.remove());
    tile?.focus();
  } catch {
    form.submit();
  }
}

if (wall) {
  const source = new EventSource(wall.dataset.wall);
  source.addEventListener("tiles", (event) => takeTiles(event.data));
  source.addEventListener("waiting", (event) => {
    document.querySelector("[data-wall-waiting]")?.replaceWith(piece(event.data));
  });
  source.addEventListener("said", (event) => {
    document.querySelector("[data-wall-status]").textContent = event.data;
  });
  setInterval(refreshStills, stillMilliseconds);

  wall.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-event-act]");
    // A false alarm without a reason is refused by the server in words, on its own page.
    if (!form || (form.elements.reason && !form.elements.reason.value)) return;
    event.preventDefault();
    decide(form);
  });

  document.addEventListener("keydown", (event) => {
    if (!shortcutsAreOn() || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest("input, select, textarea, [contenteditable], dialog")) return;
    if (event.defaultPrevented) return;
    const tile = tiles().find((one) => one.dataset.key === event.key);
    if (tile) {
      event.preventDefault();
      return pick(tile);
    }
    const act = pickedTile()?.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (!act) return;
    event.preventDefault();
    act.click();
    if (event.key === "f") pickedTile()?.querySelector("details[open] select")?.focus();
  });
}
