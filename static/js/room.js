// A phone in a room: shows each new state, sends what its person writes, and never takes the focus or a half-typed word.

import { drafts, newKey } from "./drafts.js";
import { follow } from "./live.js";
import { morph } from "./morph.js";
import { forget, onNews, put } from "./outbox.js";

const room = document.getElementById("room");
const news = document.getElementById("news");
const mine = document.getElementById("mine");
const kept = drafts(room.dataset.code);
const root = document.documentElement;
let said = null; // the last announcement; null before the first state, which nobody needs to be told
let fates = null;
let hands = null; // who waits for the microphone, and who has it
let hasLeftTheDark = false; // its person said that the film has ended; the room may not know yet
let own = { votes: new Set(), chosen: new Map(), questions: 0 };

// --- the room's state ---------------------------------------------------------------------------------------
function show(state) {
  if (room.dataset.phase !== state.phase && state.phase !== "film") setTimeout(lookAtMine, Math.random() * 2000);
  setLight(state.phase);
  for (const [name, html] of Object.entries(state.parts)) {
    const part = document.getElementById(name);
    if (part) morph(part, html);
  }
  dress();
  announce(state);
  if (fates !== null && fates !== state.facts.fates && own.questions) setTimeout(lookAtMine, Math.random() * 2000);
  fates = state.facts.fates;
  if (hands !== state.facts.hands && mine.querySelector('[data-act="hand"] [value="0"]')) setTimeout(lookAtMine, Math.random() * 1000);
  hands = state.facts.hands;
}

function setLight(phase) {
  const dark = phase === "film" && !hasLeftTheDark;
  room.dataset.phase = phase;
  if (dark) news.textContent = "";
  root.classList.toggle("dark-house", dark);
  root.classList.toggle("film", dark);
  document.querySelector('meta[name="color-scheme"]').content = dark ? "dark" : "light dark";
  for (const meta of document.querySelectorAll('meta[name="theme-color"]')) {
    meta.dataset.usual ??= meta.content;
    meta.content = dark ? "#000000" : meta.dataset.usual;
  }
}

// A new step is said once; while the film runs, nothing is.
function announce({ phase, announcement }) {
  if (said !== null && announcement !== said && phase !== "film") news.textContent = announcement;
  said = announcement;
}

// --- what is this phone's own on the shared page ------------------------------------------------------------
function dress() {
  for (const each of room.querySelectorAll("[data-with-script]")) each.hidden = false;
  for (const form of room.querySelectorAll("form[data-question]")) {
    form.querySelector("button").setAttribute("aria-pressed", own.votes.has(form.dataset.question));
  }
  for (const form of room.querySelectorAll("form[data-poll]:not([data-dressed])")) markChosen(form);
  for (const form of room.querySelectorAll("form[data-draft]:not([data-dressed])")) bringDraft(form);
}

function markChosen(form) {
  form.dataset.dressed = "";
  const chosen = own.chosen.get(form.dataset.poll);
  if (!chosen) return;
  for (const field of form.elements) {
    if (field.type === "radio" || field.type === "checkbox") field.checked = chosen.includes(field.value);
    else if (field.name === "choice") field.value = field.defaultValue = chosen[0];
  }
}

function bringDraft(form) {
  form.dataset.dressed = "";
  const draft = kept.read(`draft:${form.dataset.draft}`);
  if (draft && !form.elements.text.value) form.elements.text.value = draft.text;
}

function takeMine(html) {
  morph(mine, html);
  const marks = mine.querySelector("[data-votes]");
  own = { votes: new Set(), chosen: new Map(), questions: Number(marks?.dataset.questions ?? 0) };
  for (const vote of (marks?.dataset.votes ?? "").split(",")) if (vote) own.votes.add(vote);
  for (const poll of mine.querySelectorAll("[data-chosen]")) {
    own.chosen.set(poll.dataset.poll, poll.dataset.chosen.split(","));
  }
  room.classList.toggle("joined", Boolean(marks));
  showKept();
  for (const form of room.querySelectorAll("form[data-poll]")) delete form.dataset.dressed;
  dress();
}

// Answers that are kept for oneself: they were never sent.
function showKept() {
  const place = mine.querySelector("[data-kept-here]");
  const own = kept.read("self") ?? [];
  if (!place || !own.length) return;
  const heading = Object.assign(document.createElement("h3"), { className: "mine-what", textContent: "Kept on this phone, for you alone" });
  const list = Object.assign(document.createElement("ul"), { className: "mine-list" });
  for (const text of own) {
    const words = Object.assign(document.createElement("p"), { textContent: text, dir: "auto" });
    list.append(Object.assign(document.createElement("li"), {}));
    list.lastChild.append(words);
  }
  place.replaceChildren(heading, list);
}

async function lookAtMine() {
  try {
    const answer = await fetch(room.dataset.mine, { headers: { Accept: "application/json" } });
    if (answer.ok) takeMine((await answer.json()).mine);
  } catch {
    // No reception: the link to the same page stands there, and the next state tries again.
  }
}

// --- what is sent -------------------------------------------------------------------------------------------
room.addEventListener("input", ({ target }) => {
  const form = target.form;
  if (form?.dataset.draft && target.name === "text") keepDraft(form);
});

// The key is made with the first letter, and goes with the words however often they are sent.
function keepDraft(form) {
  const of = `draft:${form.dataset.draft}`;
  const text = form.elements.text.value;
  kept.write(of, text ? { text, key: kept.read(of)?.key ?? newKey() } : null);
}

room.addEventListener("submit", (event) => {
  const form = event.target;
  const act = form.dataset.act;
  if (!act) return;
  event.preventDefault();
  if (form.dataset.sending !== undefined) return;
  if (act === "answer" && form.elements.audience.value === "self") return keepForSelf(form);
  send(form, act, event.submitter);
});

function keepForSelf(form) {
  const text = form.elements.text.value.trim();
  if (!text) return;
  kept.write("self", [...(kept.read("self") ?? []), text]);
  empty(form);
  tell(form, "Kept on this phone. It was not sent to anybody.");
  showKept();
}

async function send(form, act, button) {
  const data = new FormData(form, button?.name ? button : undefined);
  const draft = form.dataset.draft && kept.read(`draft:${form.dataset.draft}`);
  if (form.dataset.draft || act === "poll") data.set("key", draft?.key ?? newKey());
  if (act === "vote") data.set("vote", own.votes.has(form.dataset.question) ? "down" : "up");
  form.dataset.sending = "";
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      body: new URLSearchParams(data),
      headers: { Accept: "application/json" },
    });
    finish(form, act, answer, await answer.json());
  } catch {
    await sendLater(form, data);
  } finally {
    delete form.dataset.sending;
  }
}

// What has a key arrives once, however late; what has none is for its writer to send again.
async function sendLater(form, data) {
  try {
    if (!data.has("key")) throw new Error("no key");
    await put(form.action, data, data.get("text") ?? "Your choice in a poll");
    if (form.dataset.draft) empty(form);
    tell(form, "No reception. It waits on this phone and is sent by itself.");
  } catch {
    tell(form, "Not sent: no reception. Your words are kept here; send them again.");
  }
}

function finish(form, act, answer, { said: words, mine: html }) {
  if (act === "forget" && answer.ok) return forgetAll();
  // The same words under a new key are a new answer.
  if (answer.status === 409) kept.write(`draft:${form.dataset.draft}`, null);
  if (answer.ok && form.dataset.draft) empty(form);
  if (answer.ok && act === "vote") vote(form);
  if (act === "ended") return leaveTheDark(answer.status, words);
  tell(form, words);
  if (html) takeMine(html);
  if (act === "join" && answer.ok) {
    rememberRoom();
    greet(words);
  }
  if (answer.status === 403 && html) mine.scrollIntoView({ block: "center" });
}

// One phone alone lights up only itself: what can be read is there, the questions come when the room says so.
function leaveTheDark(status, words) {
  if (status === 404) return tell(mine, words);
  hasLeftTheDark = true;
  setLight(room.dataset.phase);
  morph(document.getElementById("stage"), '<div class="notice"><p><strong>Welcome back.</strong> The questions come when the lights do. Until then, the guide is open.</p></div>');
  lookAtMine();
  live.now();
}

// So that the guide, opened where there is no reception, offers to answer here.
function rememberRoom() {
  try {
    localStorage.setItem("houselights:room", JSON.stringify({ code: room.dataset.code, guide: room.dataset.guide }));
  } catch {
    // Nothing may be kept here: the room's own page takes answers all the same.
  }
}

// The button that was pressed is gone: the next thing to reach is what came in its place.
function greet(words) {
  news.textContent = words;
  mine.tabIndex = -1;
  mine.focus({ preventScroll: true });
}

function vote(form) {
  const question = form.dataset.question;
  if (!own.votes.delete(question)) own.votes.add(question);
  dress();
}

function empty(form) {
  kept.write(`draft:${form.dataset.draft}`, null);
  form.elements.text.value = "";
  if (form.elements.reply_to) form.elements.reply_to.value = "";
  if (form.classList.contains("stays") && !form.contains(document.activeElement)) form.remove();
}

function tell(form, words) {
  const place = form.querySelector(".form-said") ?? news;
  place.textContent = words;
}

async function forgetAll() {
  kept.forget();
  localStorage.removeItem("houselights:room");
  await forget(`/r/${room.dataset.code}/`);
  for (const name of (await globalThis.caches?.keys?.()) ?? []) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) if (request.url.includes(`/r/${room.dataset.code}/`)) await cache.delete(request);
  }
  own = { votes: new Set(), chosen: new Map(), questions: 0 };
  location.reload();
}

// ------------------------------------------------------------------------------------------------------------
const line = room.querySelector("[data-line]");
const live = follow(room.dataset.live, { state: show, trouble: (isThere) => (line.hidden = !isThere) });
onNews(({ state, answer }) => {
  if (state === "sent") news.textContent = answer.said ?? "";
  if (answer.mine) takeMine(answer.mine);
});
dress();
live.start(room.dataset.phase);
// While the film runs nothing is asked for; who one is, is seen when it is over.
if (room.dataset.phase !== "film") lookAtMine();
