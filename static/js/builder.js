// The guide builder, kept as it is typed. Every form works by itself without this file.
// What could not be sent stays on this device, under the block's name, until it is kept.
const WAIT = 1200;
const kept = (form) => `guide-draft:${form.dataset.keeps}`;
const state = (form, words) => { form.querySelector("[data-state]").textContent = words; };

function typed(form) {
  const data = new FormData(form);
  data.delete("csrfmiddlewaretoken");
  return Object.fromEntries(data);
}

function store(form) {
  try {
    localStorage.setItem(kept(form), JSON.stringify(typed(form)));
  } catch {
    // A full or shut store: the words are still on the page.
  }
}

async function send(form) {
  if (form.sending) { form.again = true; return; }
  form.sending = true;
  form.again = false;
  const body = new FormData(form);
  body.set("act", "save");
  state(form, "Keeping …");
  try {
    const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" }, redirect: "manual" });
    await settle(form, answer);
  } catch {
    state(form, "No connection. Your words are on this device and go out when it is back.");
  } finally {
    form.sending = false;
  }
  if (form.again) send(form);
}

async function settle(form, answer) {
  if (answer.ok) {
    const { revision, remarks } = await answer.json();
    form.elements.revision.value = revision;
    form.querySelector("[data-remarks]").innerHTML = remarks;
    if (!form.again) localStorage.removeItem(kept(form));
    state(form, `Kept at ${new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" })}`);
  } else if (answer.status === 409) {
    const { both } = await answer.json();
    const place = form.parentElement.querySelector("[data-both]");
    place.innerHTML = both;
    state(form, "Not kept: press “Keep it” to choose between the two.");
    form.dataset.stopped = "yes";
  } else if (answer.status === 422) {
    state(form, (await answer.json()).wrong);
  } else if (answer.status === 410) {
    state(form, "Somebody has taken this out. Your words are still here: copy them.");
    form.dataset.stopped = "yes";
  } else {
    state(form, "Not kept. Your words are on this device: sign in again in another tab, then press “Keep it”.");
  }
}

function restore(form) {
  const before = localStorage.getItem(kept(form));
  if (!before) return;
  const values = JSON.parse(before);
  if (JSON.stringify(values) === JSON.stringify(typed(form))) {
    localStorage.removeItem(kept(form));
    return;
  }
  for (const [name, value] of Object.entries(values)) {
    if (form.elements[name]) form.elements[name].value = value;
  }
  state(form, "These words were on this device and had not been sent.");
  send(form);
}

for (const form of document.querySelectorAll("[data-keeps]")) {
  form.addEventListener("input", () => {
    store(form);
    if (form.dataset.stopped) return;
    state(form, "…");
    clearTimeout(form.timer);
    form.timer = setTimeout(() => send(form), WAIT);
  });
  form.addEventListener("submit", () => clearTimeout(form.timer));
  restore(form);
}
addEventListener("online", () => {
  for (const form of document.querySelectorAll("[data-keeps]")) if (localStorage.getItem(kept(form)) && !form.dataset.stopped) send(form);
});

// Dragging: a handle on each block, dropped before another block or at a section's end.
const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value;
let held = null;
for (const block of document.querySelectorAll("[data-block]")) {
  const handle = document.createElement("span");
  handle.className = "build-handle";
  handle.draggable = true;
  handle.title = "Drag to another place";
  handle.setAttribute("aria-hidden", "true");
  handle.textContent = "⠿";
  block.querySelector(".build-head").prepend(handle);
  handle.addEventListener("dragstart", (event) => {
    held = block;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setDragImage(block, 20, 20);
  });
  handle.addEventListener("dragend", () => { held = null; mark(null); });
}

function mark(place) {
  document.querySelector(".drop-here")?.classList.remove("drop-here");
  place?.classList.add("drop-here");
}

for (const section of document.querySelectorAll("[data-section]")) {
  section.addEventListener("dragover", (event) => {
    if (!held) return;
    event.preventDefault();
    mark(event.target.closest("[data-block]") ?? section.querySelector(".build-add"));
  });
  section.addEventListener("drop", async (event) => {
    if (!held) return;
    event.preventDefault();
    const before = event.target.closest("[data-block]");
    if (before === held) return;
    const body = new FormData();
    const [block, list] = [held, section.querySelector(".build-blocks")];
    body.set("csrfmiddlewaretoken", token);
    body.set("act", "move");
    body.set("section", section.dataset.section);
    body.set("before", before?.dataset.block ?? "");
    const address = block.querySelector(".build-order").action;
    const answer = await fetch(address, { method: "POST", body, headers: { Accept: "application/json" } }).catch(() => null);
    if (answer?.ok) list.insertBefore(block, before);
    else alert("It was not moved: there is no connection. Nothing else has changed.");
  });
}
