// Draws zones and lines on the still picture: corners are added by pressing, moved by dragging or with
// the arrow keys, removed with Delete. The table of numbers below stays the form that is sent.

const step = 0.01;
const form = document.querySelector("form[data-rules]");
const box = form?.querySelector(".rulepicture");
const shapes = box?.querySelector("[data-rule-shapes]");
const handles = box?.querySelector("[data-rule-handles]");
let current = null;

const fields = () => [...form.querySelectorAll("[data-rule-corners]")];
const read = (field) => field.value.split(",").map((pair) => pair.trim().split(/\s+/).map(Number))
  .filter((pair) => pair.length === 2 && pair.every(Number.isFinite));
const limit = (value) => Math.min(1, Math.max(0, Math.round(value * 1000) / 1000));

function write(field, corners) {
  field.value = corners.map(([x, y]) => `${limit(x)} ${limit(y)}`).join(", ");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function draw() {
  shapes.replaceChildren(...fields().map((field) => {
    const isZone = field.dataset.ruleCorners === "zone";
    const shape = document.createElementNS("http://www.w3.org/2000/svg", isZone ? "polygon" : "polyline");
    shape.setAttribute("points", read(field).map((pair) => pair.join(",")).join(" "));
    const kind = field.closest("tr").querySelector("select")?.value ?? "gate";
    shape.setAttribute("class", `${isZone ? "zone" : "gate"} ${kind}${field === current ? " chosen" : ""}`);
    return shape;
  }));
  drawHandles();
}

function drawHandles() {
  const focused = [...handles.children].indexOf(document.activeElement);
  handles.replaceChildren(...(current ? read(current) : []).map(([x, y], index) => {
    const handle = document.createElement("button");
    handle.type = "button";
    handle.className = "corner";
    handle.style.setProperty("left", `${x * 100}%`);
    handle.style.setProperty("top", `${y * 100}%`);
    handle.setAttribute("aria-label", `${handles.dataset.corner} ${index + 1}: ${x} ${y}`);
    return handle;
  }));
  if (focused >= 0) handles.children[Math.min(focused, handles.children.length - 1)]?.focus();
}

function move(index, x, y) {
  const corners = read(current);
  if (!corners[index]) return;
  corners[index] = [limit(x), limit(y)];
  write(current, corners);
  draw();
}

const place = (event) => {
  const area = box.querySelector("img").getBoundingClientRect();
  return [(event.clientX - area.left) / area.width, (event.clientY - area.top) / area.height];
};

if (form && !form.querySelector("[readonly]")) {
  form.querySelector("[data-rule-hint]").hidden = false;
  for (const field of fields()) {
    field.addEventListener("focus", () => { current = field; draw(); });
    field.addEventListener("input", () => { if (document.activeElement === field) draw(); });
    field.closest("tr").querySelector("select")?.addEventListener("change", draw);
  }
  current = fields()[0];
  draw();

  box.querySelector("img").addEventListener("click", (event) => {
    const corners = read(current);
    if (current.dataset.ruleCorners === "line" && corners.length >= 2) return;
    write(current, [...corners, place(event)]);
    draw();
  });

  let dragged = -1;
  handles.addEventListener("pointerdown", (event) => {
    dragged = [...handles.children].indexOf(event.target.closest(".corner"));
    handles.setPointerCapture?.(event.pointerId);
  });
  handles.addEventListener("pointermove", (event) => { if (dragged >= 0) move(dragged, ...place(event)); });
  addEventListener("pointerup", () => { dragged = -1; });

  handles.addEventListener("keydown", (event) => {
    const index = [...handles.children].indexOf(event.target);
    const corner = read(current)[index];
    if (!corner) return;
    const moves = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] };
    if (moves[event.key]) {
      event.preventDefault();
      move(index, corner[0] + moves[event.key][0], corner[1] + moves[event.key][1]);
    } else if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      write(current, read(current).filter((_, at) => at !== index));
      draw();
    }
  });
}
