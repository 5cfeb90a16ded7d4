// A form never forgets: what was typed is kept in this tab until the receipt says that it arrived.

const prefix = "haechi-draft:";
const keeps = (field) => field.name && !field.name.startsWith("_") && !field.disabled &&
  !["hidden", "password", "file", "submit", "button"].includes(field.type);
const isChoice = (field) => field.type === "checkbox" || field.type === "radio";

function read(form) {
  return [...form.elements].filter(keeps)
    .map((field) => [field.name, field.value, isChoice(field) ? field.checked : null]);
}

function untouched(field) {
  if (isChoice(field)) return field.checked === field.defaultChecked;
  if (field.options) return ![...field.options].some((o) => o.defaultSelected);
  return field.value === "";
}

function restore(form, saved) {
  for (const field of [...form.elements].filter(keeps)) {
    const match = saved.find(([name, value, checked]) =>
      name === field.name && (checked === null || value === field.value));
    if (!match || !untouched(field)) continue;
    if (isChoice(field)) field.checked = match[2];
    else field.value = match[1];
  }
}

for (const receipt of document.querySelectorAll("[data-draft-done]")) {
  sessionStorage.removeItem(prefix + receipt.dataset.draftDone);
}

for (const form of document.querySelectorAll("form[data-draft]")) {
  const key = prefix + form.dataset.draft;
  try {
    const saved = JSON.parse(sessionStorage.getItem(key) ?? "null");
    // Only fields that the server left empty are filled: what it sent back is what was sent.
    if (saved) restore(form, saved);
  } catch {
    sessionStorage.removeItem(key);
  }
  form.addEventListener("input", () => {
    try { sessionStorage.setItem(key, JSON.stringify(read(form))); } catch { /* full: no draft */ }
  });
}

// Signing out leaves nothing behind on a shared computer.
for (const form of document.querySelectorAll("form[data-signs-out]")) {
  form.addEventListener("submit", () => sessionStorage.clear());
}

let unsaved = null;
for (const form of document.querySelectorAll("form[data-warn-unsaved]")) {
  form.addEventListener("input", () => { unsaved = form; });
}
document.addEventListener("submit", (event) => {
  unsaved = null;
  // A second press of the button sends nothing twice.
  const form = event.target;
  if (form.method !== "post") return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
});
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});
addEventListener("beforeunload", (event) => {
  if (unsaved?.isConnected) event.preventDefault();
});
