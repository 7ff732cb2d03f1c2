// Finds the kelurahan nearest to the visitor, in this browser only. The position is read once, kept nowhere and sent
// nowhere: the server sees no more than the name of a kelurahan, as if it had been typed.
const FARTHEST_KM = 15;
const KM_PER_DEGREE = 111.2;

const points = (box) => fetch(box.dataset.points).then((answer) => (answer.ok ? answer.json() : Promise.reject(answer)));

function nearest(areas, { latitude, longitude }) {
  const shrink = Math.cos((latitude * Math.PI) / 180);
  const far = ([, , north, east]) => KM_PER_DEGREE * Math.hypot(north - latitude, (east - longitude) * shrink);
  const best = areas.reduce((one, other) => (far(other) < far(one) ? other : one));
  return far(best) <= FARTHEST_KM ? best[0] : null;
}

function address(box, slug) {
  const form = box.closest("form");
  const asked = new URLSearchParams(form ? [...new FormData(form)].filter(([key, value]) => value && key !== "urut") : []);
  asked.set("dekat", slug);
  return `${form ? form.action : box.dataset.to}?${asked}`;
}

async function locate(box) {
  const say = (text) => { box.querySelector("[role=status]").textContent = text; };
  say(box.dataset.asking);
  try {
    const [areas, found] = await Promise.all([
      points(box),
      new Promise((done, failed) => navigator.geolocation.getCurrentPosition(done, failed, { timeout: 15000, maximumAge: 300000 })),
    ]);
    const slug = nearest(areas, found.coords);
    if (slug) location.assign(address(box, slug));
    else say(box.dataset.outside);
  } catch (problem) {
    say(problem.code === 1 ? box.dataset.denied : box.dataset.unknown);
  }
}

for (const box of document.querySelectorAll(".locate")) {
  if (navigator.geolocation && window.isSecureContext) {
    box.hidden = false;
    box.querySelector("button").addEventListener("click", () => locate(box));
  }
  // The names of all kelurahan are a help while typing; they come when the field is first used.
  const field = box.closest("form")?.querySelector("input[list]");
  field?.addEventListener("focus", async () => {
    const names = (await points(box).catch(() => [])).map(([, name]) => new Option(name, name));
    field.list.replaceChildren(...names);
  }, { once: true });
}
