// What was written without reception waits on this phone and is sent by itself: when there is reception again, when one
// comes back to the page, and when the next page of the house opens. Each has its key from the first letter on, so that
// it arrives once however often it is sent (the database says so). What is refused is kept too, with the reason, until
// its writer throws it away.
//
// `put(url, fields, what)` keeps one and tries at once; `fields` are the form's pairs, its key among them.
// `onNews(tell)` is told of each that was sent or refused: `{state, item, answer}`.

const NAME = "houselights";
const STORE = "outbox";
const WORDS = {
  waits: (count) =>
    count === 1 ? "One thing that you wrote waits on this phone." : `${count} things that you wrote wait on this phone.`,
  sentSoon: "It is sent by itself once there is reception.",
  refused: "It could not be taken.",
  again: "Send it again",
  away: "Throw it away",
};
const ANSWER_WITHIN = 10000;
const AGAIN = [2000, 4000, 4000, 8000, 15000, 30000];
// Whatever else a server says may pass: it is tried again.
const REFUSALS = [400, 401, 403, 404, 405, 409, 410, 413, 414, 422];

const news = new Set();
export const onNews = (tell) => news.add(tell);

// --- The store ---------------------------------------------------------------------------------------------------
let opened;
function database() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "key" });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opened;
}

async function inStore(mode, act) {
  const db = await database();
  return new Promise((resolve, reject) => {
    const transaction = db.transaction(STORE, mode);
    const request = act(transaction.objectStore(STORE));
    transaction.oncomplete = () => resolve(request.result);
    transaction.onabort = transaction.onerror = () => reject(transaction.error);
  });
}

export async function waiting() {
  const items = await inStore("readonly", (store) => store.getAll());
  return items.sort((one, other) => one.order - other.order);
}

// Throws away all that was written to addresses that begin so.
export async function forget(prefix) {
  for (const item of await waiting()) if (new URL(item.url, location).pathname.startsWith(prefix)) await throwAway(item.key);
  await show();
}

// Other tabs show the same.
const tabs = "BroadcastChannel" in window ? new BroadcastChannel("houselights:outbox") : null;
const changed = (result) => {
  tabs?.postMessage("changed");
  return result;
};
const write = (item) => inStore("readwrite", (store) => store.put(item)).then(changed);
const throwAway = (key) => inStore("readwrite", (store) => store.delete(key)).then(changed);

// --- Sending -----------------------------------------------------------------------------------------------------
// Gives whether it is kept: then it will arrive, or be refused in words. Throws where the phone keeps nothing.
export async function put(url, fields, what) {
  const pairs = [...fields].map(([name, value]) => [name, String(value)]);
  const key = pairs.find(([name]) => name === "key")?.[1] ?? `${url} ${new URLSearchParams(pairs)}`;
  const before = (await waiting()).map((item) => item.order);
  await write({ key, url, pairs, what, order: Math.max(0, ...before) + 1, refused: null });
  await show();
  flush();
}

let tries = 0;
let timer = 0;
export function flush() {
  clearTimeout(timer);
  // Two tabs send one after the other; without locks the keys see to it that nothing counts twice.
  const send = () => sendAll().catch(() => true);
  const held = navigator.locks ? navigator.locks.request("outbox", send) : send();
  return held.then((stuck) => {
    if (!stuck) tries = 0;
    else timer = setTimeout(() => document.visibilityState === "visible" && flush(), AGAIN[Math.min(tries++, AGAIN.length - 1)]);
  });
}

// In the order in which they were written. Gives whether something still waits.
async function sendAll() {
  for (const item of await waiting()) {
    if (item.refused) continue;
    const done = await sendOne(item);
    await show();
    if (!done) return true;
  }
  return false;
}

async function sendOne(item) {
  let answer;
  try {
    answer = await post(item);
  } catch {
    return false;
  }
  const said = await answer.json().catch(() => ({}));
  if (answer.ok) {
    await throwAway(item.key);
    tell({ state: "sent", item, answer: said, url: answer.url });
    return true;
  }
  if (!REFUSALS.includes(answer.status)) return false;
  item.refused = said.said ?? WORDS.refused;
  await write(item);
  tell({ state: "refused", item, answer: said, url: answer.url });
  return true;
}

async function post({ url, pairs }) {
  const patience = new AbortController();
  const limit = setTimeout(() => patience.abort(), ANSWER_WITHIN);
  try {
    return await fetch(url, {
      method: "POST",
      body: new URLSearchParams(pairs),
      headers: { Accept: "application/json" },
      signal: patience.signal,
    });
  } finally {
    clearTimeout(limit);
  }
}

const tell = (story) => news.forEach((each) => each(story));

// --- Saying so ---------------------------------------------------------------------------------------------------
async function show() {
  const badge = document.querySelector("[data-outbox]");
  if (!badge) return;
  const items = await waiting();
  const open = items.filter((item) => !item.refused);
  const line = Object.assign(document.createElement("p"), { className: "outbox-count" });
  if (open.length) line.append(Object.assign(document.createElement("strong"), { textContent: WORDS.waits(open.length) }), ` ${WORDS.sentSoon}`);
  const list = Object.assign(document.createElement("ul"), { className: "outbox-list" });
  for (const item of items) list.append(rowOf(item));
  badge.replaceChildren(line, list);
  badge.hidden = items.length === 0;
}

function rowOf(item) {
  const row = document.createElement("li");
  row.append(Object.assign(document.createElement("p"), { textContent: item.what, dir: "auto" }));
  if (item.refused) {
    const button = (textContent, act) => {
      const made = Object.assign(document.createElement("button"), { type: "button", className: "button-quiet", textContent });
      made.addEventListener("click", () => act().then(show).then(flush));
      return made;
    };
    row.append(
      Object.assign(document.createElement("p"), { className: "outbox-refused", textContent: item.refused }),
      button(WORDS.again, () => write({ ...item, refused: null })),
      button(WORDS.away, () => throwAway(item.key)),
    );
  }
  return row;
}

if ("indexedDB" in window) {
  show().then(flush, () => {});
  tabs?.addEventListener("message", show);
  addEventListener("online", flush);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && flush());
}
