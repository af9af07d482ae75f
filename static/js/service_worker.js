// The pocket: guides and showings that were opened or saved are read without reception. Served at /sw.js, after a line
// that says `self.HOUSE = {release, shell, pages}`.
//
// What is kept is public, the same for everybody, and asked for without cookies; nothing live, nothing of an account.
// A guide is answered from the pocket at once and looked after behind it; a showing, whose times may change, is asked
// for first. A page is kept last, once everything that it needs is: a download cut in half leaves what stood before.
// Tidying up waits for nobody and is left to the last who keeps something (Web Locks, over all workers and tabs):
// otherwise it would throw away what a page needs that is about to be kept.
"use strict";

const { release, shell, pages } = self.HOUSE;
const PAGES = "pages-1";
const SAVED = "saved-1";
const ASSETS = "assets-1";
const GUIDE = /^\/g\/[a-z0-9]+\/(v\d+\/)?(facilitator\/)?$/;
const SHOWING = /^\/s\/[a-z0-9]+\/$/;
const MOST_OPENED = 40;
const PATIENCE = 3000;
const WHOLE_WITHIN = 15000;

const after = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const isKept = (path) => GUIDE.test(path) || SHOWING.test(path);
const stampOf = (html) => /<meta name="stamp" content="([^"]+)"/.exec(html)?.[1] ?? null;
const titleOf = (html) => /<title>([^<]*)<\/title>/.exec(html)?.[1].trim() ?? "";
const assetsOf = (html) =>
  new Set([...html.matchAll(/(?:src|href)="(\/static\/[^"]+|\/g\/[a-z0-9]+\/code\.svg)"/g)].map((found) => found[1]));
const isShared = (response) =>
  response.ok &&
  response.type === "basic" &&
  !response.redirected &&
  /\bpublic\b/.test(response.headers.get("Cache-Control") ?? "");

// --- Keeping ---------------------------------------------------------------------------------------------------
async function ask(path) {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), WHOLE_WITHIN);
  try {
    const response = await fetch(path, { cache: "no-cache", credentials: "omit", signal: patience.signal });
    return { response, body: await response.clone().arrayBuffer() };
  } finally {
    clearTimeout(timer);
  }
}

async function find(path) {
  return (await (await caches.open(SAVED)).match(path)) ?? (await caches.open(PAGES)).match(path);
}

async function keepAssets(paths) {
  const assets = await caches.open(ASSETS);
  const keepOne = async (path) => {
    if (await assets.match(path)) return;
    const { response, body } = await ask(path);
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    await assets.put(path, copyOf(response, body));
  };
  await Promise.all([...paths].map(keepOne));
}

function copyOf(response, body) {
  const headers = new Headers(response.headers);
  headers.delete("Content-Encoding");
  headers.delete("Content-Length");
  return new Response(body, { status: 200, headers });
}

const whileKeeping = (act) => navigator.locks.request("pocket", { mode: "shared" }, act);

function keep(cache, path, response, body) {
  return whileKeeping(async () => {
    await keepAssets(assetsOf(new TextDecoder().decode(body)));
    await (await caches.open(cache)).put(path, copyOf(response, body));
  });
}

// Opened pages beyond the newest forty go, and what no page needs any more.
function tidy() {
  return navigator.locks.request("pocket", { ifAvailable: true }, (lock) => lock && tidyNow());
}

async function tidyNow() {
  const opened = await caches.open(PAGES);
  const paths = await opened.keys();
  await Promise.all(paths.slice(0, Math.max(0, paths.length - MOST_OPENED)).map((path) => opened.delete(path)));
  const needed = new Set(shell);
  for (const name of [PAGES, SAVED]) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const page = await cache.match(request); // It may have been dropped meanwhile.
      for (const path of assetsOf((await page?.text()) ?? "")) needed.add(path);
    }
  }
  const assets = await caches.open(ASSETS);
  const idle = (await assets.keys()).filter((request) => !needed.has(new URL(request.url).pathname));
  await Promise.all(idle.map((request) => assets.delete(request)));
}

async function drop(path) {
  await Promise.all([PAGES, SAVED].map(async (name) => (await caches.open(name)).delete(path)));
}

// Brings the kept copy up to date, once however many tabs ask. Gives `offline`, `gone` or `kept`.
const underWay = new Map();
function renew(path) {
  if (!underWay.has(path)) {
    underWay.set(
      path,
      renewNow(path).finally(() => underWay.delete(path)),
    );
  }
  return underWay.get(path);
}

async function renewNow(path) {
  try {
    const { response, body } = await ask(path);
    if (response.status === 404 || response.status === 410) {
      await drop(path);
      return "gone";
    }
    if (!isShared(response)) return "offline";
    const saved = await (await caches.open(SAVED)).match(path);
    await keep(saved ? SAVED : PAGES, path, response, body);
    await tidy();
    return "kept";
  } catch (error) {
    return error.name === "QuotaExceededError" ? "full" : "offline";
  }
}

// --- Answering -------------------------------------------------------------------------------------------------
// Which clients were answered with a copy because nothing else could be had, and from when it is.
const fromPocket = new Map();

async function answerGuide(event, path) {
  const kept = await find(path);
  if (!kept) return answerLive(event, path);
  event.waitUntil(renew(path));
  return kept;
}

async function answerShowing(event, path) {
  const kept = await find(path);
  if (!kept) return answerLive(event, path);
  const instead = () => {
    fromPocket.set(event.resultingClientId, kept.headers.get("Date"));
    return kept;
  };
  const live = askAndKeep(event, path).catch(instead);
  return Promise.race([live, after(PATIENCE).then(instead)]);
}

async function askAndKeep(event, path) {
  // Asked for anew, whatever the browser's own cache would still give: times change.
  const response = await fetch(event.request, { cache: "no-cache" });
  if (isShared(response)) event.waitUntil(keepQuietly(path, response.clone()));
  else if (response.status === 404 || response.status === 410) event.waitUntil(drop(path));
  return response;
}

async function keepQuietly(path, response) {
  try {
    const saved = await (await caches.open(SAVED)).match(path);
    await keep(saved ? SAVED : PAGES, path, response, await response.clone().arrayBuffer());
    await tidy();
  } catch {
    // Nobody asked for it to be kept: what was kept before stays.
  }
}

async function answerLive(event, path) {
  try {
    return isKept(path) ? await askAndKeep(event, path) : await fetch(event.request);
  } catch {
    const assets = await caches.open(ASSETS);
    return (await assets.match(pages.includes(path) ? path : pages[0])) ?? Response.error();
  }
}

async function answerAsset(request) {
  const { pathname } = new URL(request.url);
  const kept = await (await caches.open(ASSETS)).match(pathname);
  return kept ?? fetch(request);
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode !== "navigate") {
    if (pathname.startsWith("/static/") || pathname.endsWith("/code.svg")) event.respondWith(answerAsset(request));
  } else if (GUIDE.test(pathname)) event.respondWith(answerGuide(event, pathname));
  else if (SHOWING.test(pathname)) event.respondWith(answerShowing(event, pathname));
  else event.respondWith(answerLive(event, pathname));
});

// --- Living and being replaced ---------------------------------------------------------------------------------
// A new release takes over without touching a page that is being read: its style and scripts stay in the pocket
// under their own names, and the next page is the new one's.
self.addEventListener("install", (event) => {
  event.waitUntil(whileKeeping(() => keepAssets(shell)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      const names = await caches.keys();
      const old = names.filter((name) => ![PAGES, SAVED, ASSETS].includes(name));
      await Promise.all(old.map((name) => caches.delete(name)));
      await renewShell();
      await tidy();
      await self.clients.claim();
    })(),
  );
});

// Pages have one address in every release, so they are asked for anew; without a network those of before stay. The
// release before may have tidied away what this one brought along: that comes again.
async function renewShell() {
  const assets = await caches.open(ASSETS);
  await whileKeeping(() => keepAssets(shell)).catch(() => {});
  for (const path of pages) {
    try {
      const { response, body } = await ask(path);
      if (response.ok) await assets.put(path, copyOf(response, body));
    } catch {
      // The one of before does.
    }
  }
}

// --- What pages ask ----------------------------------------------------------------------------------------------
async function look({ path, stamp }, client) {
  const renewed = await renew(path);
  const kept = await find(path);
  const facts = { ...(await factsOf(path, kept)), release };
  if (renewed === "gone") return { ...facts, state: "gone" };
  if (renewed === "kept") fromPocket.delete(client);
  const html = kept ? await kept.clone().text() : "";
  if (stamp && kept && stampOf(html) !== stamp) return { ...facts, state: "newer" };
  const since = fromPocket.get(client) ?? facts.at;
  return { ...facts, state: renewed === "kept" ? "fresh" : "offline", at: since };
}

async function factsOf(path, kept) {
  if (!kept) return { saved: false, bytes: 0, at: null };
  const saved = Boolean(await (await caches.open(SAVED)).match(path));
  const html = await kept.clone().text();
  return { saved, bytes: await sizeOf(html), at: kept.headers.get("Date"), title: titleOf(html) };
}

async function sizeOf(html) {
  const assets = await caches.open(ASSETS);
  let bytes = new Blob([html]).size;
  for (const path of assetsOf(html)) {
    const asset = await assets.match(path);
    if (asset) bytes += (await asset.blob()).size;
  }
  return bytes;
}

// Says `saved` only of what was read back from the pocket, with everything that it needs.
async function save({ paths }) {
  let bytes = 0;
  const begun = [];
  try {
    for (const path of paths.filter(isKept)) {
      if (!(await (await caches.open(SAVED)).match(path))) begun.push(path);
      const { response, body } = await ask(path);
      if (response.status === 404 || response.status === 410) {
        await drop(path);
        return { state: "gone" };
      }
      if (!isShared(response)) throw new TypeError(`${path}: ${response.status}`);
      await keep(SAVED, path, response, body);
      const kept = await (await caches.open(SAVED)).match(path);
      const html = await kept.text();
      const assets = await caches.open(ASSETS);
      for (const asset of assetsOf(html)) if (!(await assets.match(asset))) throw new TypeError(asset);
      bytes += await sizeOf(html);
      await (await caches.open(PAGES)).delete(path);
    }
    return { state: "saved", bytes };
  } catch (error) {
    const saved = await caches.open(SAVED);
    await Promise.all(begun.map((path) => saved.delete(path)));
    return { state: error.name === "QuotaExceededError" ? "full" : "offline" };
  }
}

async function remove({ paths }) {
  await Promise.all(paths.map(drop));
  await tidy();
  return { state: "removed" };
}

async function list() {
  const found = [];
  for (const name of [SAVED, PAGES]) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const path = new URL(request.url).pathname;
      if (!found.some((page) => page.path === path)) {
        found.push({ path, ...(await factsOf(path, await cache.match(request))) });
      }
    }
  }
  return found;
}

const ACTS = { look, save, remove, list };
self.addEventListener("message", (event) => {
  const act = ACTS[event.data?.act];
  if (!act || !event.ports[0]) return;
  const answer = act(event.data, event.source?.id).catch(() => ({ state: "offline" }));
  event.waitUntil(answer.then((found) => event.ports[0].postMessage(found)));
});
