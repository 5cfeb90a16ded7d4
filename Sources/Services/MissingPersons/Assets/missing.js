// Lets a person drag the box around somebody in a photo; without it the numbers of the form do.
const crop = document.querySelector("[data-crop]");
const form = document.querySelector("[data-crop-form]");

if (crop && form) {
  const image = crop.querySelector("img");
  const box = document.createElement("div");
  box.className = "cropbox";
  box.setAttribute("aria-hidden", "true");
  crop.append(box);
  const names = ["x", "y", "width", "height"];
  const fields = names.map((name) => form.elements.namedItem(name));
  const byNumbers = form.querySelector("input[name=part][value=numbers]");
  let start = null;

  const scale = () => Number(crop.dataset.width) / image.clientWidth;

  const show = () => {
    const [x, y, width, height] = fields.map((field) => Number(field.value) / scale());
    Object.assign(box.style, {
      left: `${x}px`, top: `${y}px`, width: `${width}px`, height: `${height}px`,
    });
  };

  const place = (event) => {
    const frame = image.getBoundingClientRect();
    return [
      Math.min(Math.max(event.clientX - frame.left, 0), frame.width) * scale(),
      Math.min(Math.max(event.clientY - frame.top, 0), frame.height) * scale(),
    ];
  };

  crop.addEventListener("pointerdown", (event) => {
    start = place(event);
    crop.setPointerCapture(event.pointerId);
    event.preventDefault();
  });
  crop.addEventListener("pointermove", (event) => {
    if (!start) return;
    const end = place(event);
    const values = [
      Math.min(start[0], end[0]), Math.min(start[1], end[1]),
      Math.abs(end[0] - start[0]), Math.abs(end[1] - start[1]),
    ];
    values.forEach((value, index) => { fields[index].value = String(Math.round(value)); });
    if (byNumbers) byNumbers.checked = true;
    show();
  });
  crop.addEventListener("pointerup", () => { start = null; });
  for (const field of fields) field.addEventListener("input", show);
  if (image.complete) show();
  image.addEventListener("load", show);
  window.addEventListener("resize", show);
}
