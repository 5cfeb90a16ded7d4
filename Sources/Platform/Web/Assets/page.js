// Small helps for every page. Nothing here is needed: each page works without it.

const summary = document.querySelector("[data-error-summary]");
if (summary) summary.focus();

// A link of the error summary leads to the field's label, so that the question is in sight.
summary?.addEventListener("click", (event) => {
  const link = event.target.closest('a[href^="#"]');
  const field = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (!field) return;
  event.preventDefault();
  const group = field.closest("fieldset");
  (group?.querySelector("legend") ?? field.labels?.[0] ?? field).scrollIntoView();
  field.focus({ preventScroll: true });
});

for (const button of document.querySelectorAll("[data-copy-link]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  const words = button.textContent;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(location.href);
    button.textContent = button.dataset.done;
    button.setAttribute("aria-live", "polite");
    setTimeout(() => { button.textContent = words; }, 2000);
  });
}

// A dialog is an open part of the page until this closes it and its link opens it.
for (const dialog of document.querySelectorAll("dialog[data-dialog]")) {
  dialog.removeAttribute("open");
  const close = dialog.querySelector("[data-dialog-close]");
  close.hidden = false;
  close.addEventListener("click", () => dialog.close());
}
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-dialog-open]");
  const dialog = link && document.getElementById(link.dataset.dialogOpen);
  if (!dialog) return;
  event.preventDefault();
  dialog.showModal();
});

// The panels of the masthead close with Escape and when something else is chosen.
const panels = [...document.querySelectorAll("details.display")];
document.addEventListener("click", (event) => {
  for (const panel of panels) if (!panel.contains(event.target)) panel.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const panel of panels) {
    if (!panel.open) continue;
    panel.open = false;
    panel.querySelector("summary").focus();
  }
});

// A page with a map has it move where it can.
if (document.querySelector("[data-map]")) import("./map.js");
