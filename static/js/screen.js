// The big screen: one thing fades into another, words arrive one by one, a clicker and a keyboard lead on.
(() => {
  "use strict";

  const room = window.room;
  if (!room) return;
  const main = document.querySelector("main");
  const timer = document.querySelector("[data-timer]");
  const code = document.querySelector("[data-code]");
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const FADE = 350;
  const BETWEEN_WORDS = 400;
  let shown = room.facts.shown;
  let drawing = 0;

  // The same thing, longer: only what is new comes in, in its own time.
  function grow(html) {
    const fresh = new DOMParser().parseFromString(html, "text/html");
    const from = fresh.querySelector("[data-grows]");
    const into = main.querySelector("[data-grows]");
    if (!from || !into) return false;
    const keys = new Set([...from.children].map((each) => each.dataset.key));
    for (const each of [...into.children]) if (!keys.has(each.dataset.key)) each.remove();
    const known = new Map([...into.children].map((each) => [each.dataset.key, each]));
    [...from.children]
      .filter((each) => {
        const old = known.get(each.dataset.key);
        if (old && old.textContent !== each.textContent) old.replaceWith(document.importNode(each, true));
        return !old;
      })
      .forEach((each, place) => {
        const word = document.importNode(each, true);
        if (still.matches) return into.append(word);
        setTimeout(() => {
          word.classList.add("arrives");
          into.append(word);
          fit();
        }, place * BETWEEN_WORDS);
      });
    fit();
    return true;
  }

  function fit() {
    const list = main.querySelector(".words");
    if (list) list.dataset.many = list.children.length > 30 ? "many" : list.children.length > 14 ? "some" : "few";
  }

  document.addEventListener("room:part", (event) => {
    if (event.detail.name !== "screen") return;
    event.preventDefault();
    const { html } = event.detail;
    const same = shown === room.facts.shown;
    shown = room.facts.shown;
    if (same && grow(html)) return;
    clearTimeout(drawing);
    if (same || still.matches) {
      main.innerHTML = html;
      return fit();
    }
    main.classList.add("leaves");
    drawing = setTimeout(() => {
      main.innerHTML = html;
      fit();
      main.classList.remove("leaves");
    }, FADE);
  });

  function tick() {
    const { ends, phase, blanked } = room.facts;
    timer.hidden = !ends || blanked;
    code.hidden = blanked || phase !== "lights_up";
    if (!ends) return;
    const left = Math.round((ends - room.now()) / 1000);
    timer.textContent = left < 0 ? "time" : left >= 60 ? `${Math.ceil(left / 60)} min` : `${left} s`;
  }

  const form = document.querySelector("[data-clicker]");
  const click = (act, more = {}) => room.act(form.action, { act, ...more });
  const KEYS = {
    PageDown: () => click("next", { leaves: room.facts.step }),
    ArrowRight: () => KEYS.PageDown(),
    " ": () => KEYS.PageDown(),
    PageUp: () => click("back", { leaves: room.facts.step }),
    ArrowLeft: () => KEYS.PageUp(),
    b: () => click("blank", { on: room.facts.blanked ? "0" : "1" }),
    B: () => KEYS.b(),
    ".": () => KEYS.b(),
    f: () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen?.()),
  };
  addEventListener("keydown", (event) => {
    if (event.repeat || event.ctrlKey || event.metaKey || event.altKey || !KEYS[event.key]) return;
    event.preventDefault();
    KEYS[event.key]();
  });

  document.addEventListener("room:changed", tick);
  setInterval(tick, 500);
  fit();
  tick();
})();
