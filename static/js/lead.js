// What all pages of those who lead share: the live stream into the page's parts, the server's clock, and acts that go
// out one after the other, each under a key of its own, also after a minute without reception.
(() => {
  "use strict";

  const root = document.querySelector("[data-live]");
  if (!root) return;
  const WORDS = {
    live: "",
    away: "Offline: the plan goes on",
    waiting: (count) => `Offline: ${count} act${count === 1 ? "" : "s"} kept`,
    gone: "This link was taken back, or the room is gone. Ask the host for another.",
  };
  const MOST_WAIT = 8000;
  const line = document.querySelector("[data-line]");
  const said = document.querySelector("[data-said]");
  const facts = JSON.parse(document.getElementById("facts").textContent);
  const store = `houselights:acts:${location.pathname}`;
  let offset = facts.now - Date.now(); // the server's clock minus ours; measured better on connecting
  let source = null;
  let tries = 0;
  let later = 0;
  let queue = [];
  let sending = false;
  let closed = false;
  let stuck = false; // what was sent last did not arrive

  const room = {
    facts,
    get pending() {
      return queue;
    },
    now: () => Date.now() + offset,
    act,
    changed: () => document.dispatchEvent(new CustomEvent("room:changed")),
  };
  window.room = room;

  const say = (words) => {
    if (!said) return;
    said.textContent = words;
    said.hidden = !words;
  };
  const tell = () => {
    if (!line) return;
    line.textContent = stuck && queue.length ? WORDS.waiting(queue.length) : source || !tries ? WORDS.live : WORDS.away;
  };

  // --- what arrives ------------------------------------------------------------------------------------------
  function place(name, html) {
    const part = document.querySelector(`[data-part="${name}"]`);
    if (!part || part.innerHTML === html) return;
    const event = new CustomEvent("room:part", { cancelable: true, detail: { part, name, html } });
    if (!document.dispatchEvent(event)) return; // the page draws it by itself
    const focused = part.contains(document.activeElement) ? document.activeElement : null;
    const open = [...part.querySelectorAll("details[open]")].map((each) => nameOf(each));
    const focusedName = focused && nameOf(focused);
    part.innerHTML = html;
    for (const each of part.querySelectorAll("details")) if (open.includes(nameOf(each))) each.open = true;
    if (focusedName) [...part.querySelectorAll("button, a, summary, select")].find((each) => nameOf(each) === focusedName)?.focus();
  }

  // By what it says and where it stands, so that a thumb finds the same button after a change.
  function nameOf(element) {
    const holder = element.closest("[id]");
    const fields = [...(element.form?.elements ?? [])].map((field) => `${field.name}=${field.value}`);
    return `${holder?.id}:${element.tagName}:${fields.join("&")}:${(element.querySelector?.("summary") ?? element).textContent.replace(/\d+/g, "").trim()}`;
  }

  function take(state) {
    Object.assign(facts, state.facts, { phase: state.phase, revision: state.revision });
    for (const [name, html] of Object.entries(state.parts)) place(name, html);
    for (const [name, count] of Object.entries(facts.counts ?? {})) {
      for (const each of document.querySelectorAll(`[data-count="${name}"]`)) each.textContent = count;
    }
    room.changed();
  }

  // --- the line ----------------------------------------------------------------------------------------------
  async function connect() {
    clearTimeout(later);
    source?.close();
    source = null;
    if (closed) return;
    try {
      const began = Date.now();
      const answer = await fetch(`${root.dataset.stream}?page=${root.dataset.live}`, { headers: { Accept: "application/json" } });
      if (answer.status === 404 || answer.redirected) return leave();
      if (!answer.ok) throw new Error(answer.status);
      const { stream, now } = await answer.json();
      offset = now - (began + Date.now()) / 2;
      listen(stream);
      flush();
    } catch {
      again();
    }
  }

  function listen(address) {
    const stream = new EventSource(address);
    stream.addEventListener("state", (event) => {
      source = stream;
      tries = 0;
      take(JSON.parse(event.data));
      tell();
    });
    stream.addEventListener("gone", leave);
    stream.addEventListener("error", async () => {
      stream.close(); // its ticket is good once: ask for another
      if (source === stream) source = null;
      // A full house or a proxy that holds streams back: ask now and then instead.
      if (tries > 2) await fetch(`${address}state/`).then((answer) => answer.json()).then(take).catch(() => null);
      again();
    });
  }

  function again() {
    tell();
    clearTimeout(later);
    tries += 1;
    later = setTimeout(connect, Math.random() * Math.min(MOST_WAIT, 500 * 2 ** tries));
  }

  function leave() {
    closed = true;
    source?.close();
    say(WORDS.gone);
  }

  // --- what goes out -----------------------------------------------------------------------------------------
  const keep = () => {
    try {
      if (queue.length) localStorage.setItem(store, JSON.stringify(queue));
      else localStorage.removeItem(store);
    } catch {
      // Storage is full or forbidden: the queue lives as long as the page.
    }
  };

  function makeKey() {
    if (crypto.randomUUID) return crypto.randomUUID();
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  }

  function act(address, fields) {
    if (closed) return say(WORDS.gone);
    queue.push({ address, fields: { ...fields, key: makeKey(), at: String(Math.round(room.now())) } });
    keep();
    say("");
    room.changed();
    tell();
    return flush();
  }

  async function flush() {
    if (sending || closed) return;
    sending = true;
    while (queue.length) {
      const next = queue[0];
      const answer = await fetch(next.address, {
        method: "POST",
        headers: { Accept: "application/json" },
        body: new URLSearchParams(next.fields),
      }).catch(() => null);
      if (!answer || answer.status >= 500) {
        stuck = true;
        break; // kept, and sent again under the same key
      }
      if (answer.status === 404 || answer.redirected) leave();
      else if (!answer.ok) {
        say((await answer.json().catch(() => ({}))).said ?? "That was not done.");
        giveBack(next.fields);
      }
      queue.shift();
      keep();
      room.changed();
    }
    sending = false;
    if (!queue.length) stuck = false;
    tell();
    if (queue.length) setTimeout(flush, 2000);
  }

  // What was written and could not be taken stands in its form again, where nothing else was written meanwhile.
  function giveBack(fields) {
    const form = [...document.querySelectorAll("form[data-act]")].find((one) => one.querySelector("textarea") && one.elements.act?.value === fields.act);
    for (const field of form?.querySelectorAll("textarea, select") ?? []) {
      if (fields[field.name] !== undefined && (field.matches("select") || !field.value)) field.value = fields[field.name];
    }
  }

  document.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-act]");
    if (!form) return;
    event.preventDefault();
    const fields = Object.fromEntries(new FormData(form));
    if ("text" in fields && !fields.text.trim()) return;
    act(form.action, fields);
    if (closed) return; // what was written stays
    for (const field of form.querySelectorAll("textarea, input:not([type=hidden])")) if (!("stays" in field.dataset)) field.value = "";
    form.querySelector("textarea")?.focus();
  });

  try {
    queue = JSON.parse(localStorage.getItem(store) ?? "[]");
  } catch {
    queue = [];
  }
  addEventListener("online", connect);
  addEventListener("pageshow", (event) => event.persisted && connect());
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && !source && connect());
  // The host's phone stays lit while it leads.
  const stayAwake = () => document.visibilityState === "visible" && navigator.wakeLock?.request("screen").catch(() => null);
  document.addEventListener("visibilitychange", stayAwake);
  if (["host", "screen"].includes(root.dataset.live)) stayAwake();
  connect();
})();
