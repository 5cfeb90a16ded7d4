// Letter shortcuts: "/" to the search box, "g" and a number to a service. They can be turned off
// under "Display" (WCAG 2.2 §2.1.4); on operators' pages they are on until then.

const key = "haechi-shortcuts";
const setting = document.querySelector("[data-shortcuts]");
const box = setting?.querySelector("input");
const stored = localStorage.getItem(key);
let isOn = stored ? stored === "on" : document.documentElement.dataset.density === "operator";

if (setting) {
  setting.hidden = false;
  box.checked = isOn;
  box.addEventListener("change", () => {
    isOn = box.checked;
    localStorage.setItem(key, isOn ? "on" : "off");
  });
}

// For the pages that have keys of their own.
export const shortcutsAreOn = () => isOn;

let goesUntil = 0;
document.addEventListener("keydown", (event) => {
  if (!isOn || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.closest("input, select, textarea, [contenteditable], dialog")) return;
  if (event.key === "/") {
    const search = document.querySelector("[data-search]");
    if (!search) return;
    event.preventDefault();
    const panel = search.closest("details");
    if (panel) panel.open = true;
    search.focus();
  } else if (event.key === "g") {
    goesUntil = event.timeStamp + 1500;
  } else if (event.timeStamp < goesUntil) {
    goesUntil = 0;
    const links = document.querySelectorAll("nav.services a");
    const link = event.key === "h" ? document.querySelector(".brand") : links[event.key - 1];
    link?.click();
  }
});
