// What this phone keeps for reading without reception: saves a page for the cinema, says when it is really saved and
// how large it is, says which copy one reads, and offers a newer one without ever taking the old one away.
(async () => {
  "use strict";

  const WORDS = {
    opened: "It is on this phone for now and opens without reception. Save it, and it stays.",
    saving: "Saving …",
    saved: (size) => `Saved on this phone (${size}). It opens without reception.`,
    full: (size) => `Not saved: this phone has no room left for it (${size} needed). What was here before is untouched. Make some room, then save again.`,
    offline: "Not saved: there is no reception right now. Try again when there is.",
    gone: "This page is no longer here.",
    removed: "Removed from this phone.",
    copy: (at) => `No reception. This is the copy that this phone kept${at ? `, as of ${at}` : ""}.`,
    newer: "There is a newer version.",
    withdrawn: "This page was taken back since you opened it. You can go on reading; it does not open again.",
    iphone: "On an iPhone or iPad, Safari clears what it saved when you have not come for a week. Add Houselights to your Home Screen (Share, then “Add to Home Screen”) and it stays.",
  };
  // How soon a page that could not be renewed asks again, while somebody looks at it; then less often, and phones that lost
  // the house at once do not come back at once.
  const AGAIN = 2000;
  const SELDOM = 8000;
  // The house may answer from memory for four seconds: who has reception again looks once more after that.
  const SETTLED = 5000;

  if (!("serviceWorker" in navigator)) return;
  const pocket = document.querySelector("[data-pocket]");
  const bar = document.querySelector("[data-pocket-bar]");
  const path = location.pathname;
  const stamp = document.querySelector('meta[name="stamp"]')?.content ?? null;

  let worker;
  try {
    await navigator.serviceWorker.register("/sw.js");
    worker = (await navigator.serviceWorker.ready).active;
  } catch {
    return; // A private window, or a phone that keeps nothing: the page works as without this.
  }
  // A worker that is replaced takes its answer along: the new one is asked again. Asking twice changes nothing.
  const ask = (question) =>
    new Promise((resolve) => {
      const put = () => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = ({ data }) => {
          navigator.serviceWorker.removeEventListener("controllerchange", put);
          resolve(data);
        };
        (navigator.serviceWorker.controller ?? worker).postMessage(question, [port2]);
      };
      navigator.serviceWorker.addEventListener("controllerchange", put);
      put();
    });

  const inWords = (bytes) => `${Math.max(1, Math.round(bytes / 1024)).toLocaleString()} kB`;
  const day = (at) =>
    at &&
    new Date(at).toLocaleString(undefined, { weekday: "short", day: "numeric", month: "short", hour: "numeric", minute: "2-digit" });

  // --- The page for no reception lists what there is.
  const listed = document.querySelector("[data-pocket-list]");
  if (listed) {
    const pages = await ask({ act: "list" });
    const row = listed.querySelector("template");
    for (const page of pages) {
      const item = row.content.cloneNode(true);
      item.querySelector("a").href = page.path;
      item.querySelector("bdi").textContent = page.title || page.path;
      item.querySelector("[data-fact]").textContent = page.saved ? `saved, ${inWords(page.bytes)}` : "opened lately";
      listed.append(item);
    }
    listed.hidden = pages.length === 0;
    document.querySelector("[data-pocket-none]").hidden = pages.length > 0;
  }
  if (!pocket) return;

  // --- Saving.
  const paths = [path, ...Array.from(document.querySelectorAll("a[data-pocket-also]"), (link) => link.pathname)];
  const [button, undo, words] = ["save", "remove", "words"].map((name) => pocket.querySelector(`[data-pocket-${name}]`));
  const show = (saved, said = "") => {
    button.hidden = saved;
    undo.hidden = !saved;
    words.textContent = said;
  };
  const onIphone = () =>
    (/iP(hone|ad|od)/.test(navigator.userAgent) || (navigator.platform === "MacIntel" && navigator.maxTouchPoints > 1)) &&
    navigator.standalone === false;
  const sayBytes = (bytes) => WORDS.saved(inWords(bytes)) + (onIphone() ? ` ${WORDS.iphone}` : "");

  button.addEventListener("click", async () => {
    words.textContent = WORDS.saving;
    await navigator.storage?.persist?.();
    const answer = await ask({ act: "save", paths });
    if (answer.state === "saved") show(true, sayBytes(answer.bytes));
    else if (answer.state === "full") show(false, WORDS.full(inWords(document.documentElement.outerHTML.length)));
    else show(false, WORDS[answer.state]);
  });
  undo.addEventListener("click", async () => {
    await ask({ act: "remove", paths });
    show(false, WORDS.removed);
  });

  // --- Which copy this is, and whether there is a newer one.
  const say = (said, newer = false) => {
    bar.querySelector("p").textContent = said;
    bar.querySelector("a").hidden = !newer;
    bar.hidden = !said;
  };
  // Words that were taken back are not read on from an old copy: they go in place, and nothing else moves.
  const takeBack = async () => {
    const answer = await fetch(path, { credentials: "omit" }).catch(() => null);
    if (!answer?.ok) return;
    const now = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const gone of now.querySelectorAll(".said-withdrawn[data-item]")) {
      for (const here of document.querySelectorAll(`[data-item="${gone.dataset.item}"]:not(.said-withdrawn)`)) {
        here.replaceWith(document.importNode(gone, true));
      }
    }
  };
  let timer = 0;
  let wasOffline = false;
  let pause = AGAIN;
  const lookIn = (milliseconds) => {
    clearTimeout(timer);
    timer = setTimeout(() => document.visibilityState === "visible" && look(), milliseconds);
  };
  const look = async () => {
    clearTimeout(timer);
    const { state, at, saved, bytes } = await ask({ act: "look", path, stamp });
    if (!words.textContent) show(saved, saved ? sayBytes(bytes) : bytes ? WORDS.opened : "");
    if (state === "newer") {
      await takeBack();
      return say(WORDS.newer, true);
    }
    if (state === "gone") return say(WORDS.withdrawn);
    const isOffline = state === "offline";
    say(isOffline ? WORDS.copy(day(at)) : "");
    if (isOffline) lookIn(pause * (0.75 + Math.random() / 2));
    else if (wasOffline) lookIn(SETTLED);
    pause = isOffline ? Math.min(pause * 1.5, SELDOM) : AGAIN;
    wasOffline = isOffline;
  };
  pocket.hidden = false;
  await look();
  addEventListener("online", look);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && look());
})();
