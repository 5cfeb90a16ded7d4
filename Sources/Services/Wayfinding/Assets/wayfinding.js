// Helps for finding a way: suggestions while typing, the position of the device, a tap on the map. The
// forms work without any of it: what is typed is looked up by the server.

const korean = document.documentElement.lang === "ko";
const say = (ko, en) => (korean ? ko : en);

for (const form of document.querySelectorAll("[data-wayfinding-form]")) {
  for (const name of ["from", "to", "place"]) {
    const input = form.elements[name];
    if (input instanceof HTMLInputElement) help(form, input);
  }
}

// The place that was chosen for the words travels beside them and counts as long as they are the same.
function choose(form, input, latitude, longitude, words) {
  input.value = words;
  let chosen = form.querySelector(`input[type="hidden"][name="${input.name}At"]`);
  if (!chosen) {
    chosen = Object.assign(document.createElement("input"), { type: "hidden", name: `${input.name}At` });
    form.append(chosen);
  }
  chosen.value = `${latitude.toFixed(6)},${longitude.toFixed(6)} ${words}`;
}

function help(form, input) {
  const list = document.createElement("datalist");
  list.id = `${input.id}-places`;
  input.after(list);
  input.setAttribute("list", list.id);
  let found = [];
  let timer;
  input.addEventListener("input", () => {
    const same = found.find((place) => place.label === input.value);
    if (same) return choose(form, input, same.latitude, same.longitude, same.name);
    clearTimeout(timer);
    timer = setTimeout(() => suggest(input.value.trim()), 150);
  });

  async function suggest(words) {
    if (words.length < 1 || /^[-\d.,\s]+$/.test(words)) return;
    const answer = await fetch(`${form.dataset.places}?limit=8&q=${encodeURIComponent(words)}`)
      .catch(() => null);
    if (!answer?.ok || input.value.trim() !== words) return;
    found = (await answer.json()).places.map((place) => ({
      ...place,
      label: place.address && place.address !== place.name
        ? `${place.name} (${place.address})` : place.name,
    }));
    list.replaceChildren(...found.map((place) => new Option(place.kindTitle, place.label)));
  }

  if (input.name === "to" || !navigator.geolocation) return;
  const button = Object.assign(document.createElement("button"), {
    type: "button", className: "button quiet",
    textContent: say("지금 있는 곳에서", "Where I am"),
  });
  const status = Object.assign(document.createElement("span"), { className: "hint" });
  status.setAttribute("role", "status");
  button.addEventListener("click", () => {
    status.textContent = say("위치를 찾고 있습니다…", "Looking for the position…");
    navigator.geolocation.getCurrentPosition(({ coords }) => {
      choose(form, input, coords.latitude, coords.longitude, say("지금 위치", "My position"));
      status.textContent = say(
        `위치를 넣었습니다 (오차 ${Math.round(coords.accuracy)} m).`,
        `Filled in (within ${Math.round(coords.accuracy)} m).`,
      );
    }, () => {
      status.textContent = say("위치를 알 수 없습니다. 장소를 적어 주세요.", "No position; type a place.");
    }, { enableHighAccuracy: true, timeout: 15000, maximumAge: 10000 });
  });
  input.after(button, status);
}

// A tap on the moving map fills the first end that is empty, then the destination.
document.addEventListener("haechi-map", ({ detail: map }) => {
  const form = document.querySelector("[data-wayfinding-form]");
  if (!form) return;
  map.on("click", ({ lngLat }) => {
    const inputs = ["from", "to", "place"].map((name) => form.elements[name])
      .filter((element) => element instanceof HTMLInputElement);
    const input = inputs.find((element) => !element.value) ?? inputs.at(-1);
    choose(form, input, lngLat.lat, lngLat.lng, say("지도에서 고른 곳", "Chosen on the map"));
    form.closest("details")?.setAttribute("open", "");
    input.focus();
  });
});
