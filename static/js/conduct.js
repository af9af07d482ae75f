// The host's plan, run from what the page holds: it goes on without reception, and catches up.
(() => {
  "use strict";

  const room = window.room;
  if (!room) return;
  const OVER = 2; // as in run_sheet.py
  const LEAST_LEFT = 2;
  const one = (selector) => document.querySelector(selector);
  const all = (selector) => document.querySelectorAll(selector);

  // What will be so once the acts that wait have arrived.
  const AHEAD = {
    lights_up: (facts, fields) => ({ phase: "lights_up", step: 0, began: Number(fields.at) }),
    next: (facts, fields) =>
      facts.phase !== "lights_up" || Number(fields.leaves) !== facts.step
        ? {}
        : facts.step >= facts.minutes.length - 1
          ? { phase: "closing" }
          : { step: facts.step + 1, began: Number(fields.at), follow_up: "" },
    back: (facts, fields) =>
      Number(fields.leaves) !== facts.step
        ? {}
        : facts.phase === "closing"
          ? { phase: "lights_up", began: Number(fields.at) }
          : { step: Math.max(0, facts.step - 1), began: Number(fields.at), follow_up: "" },
    go: (facts, fields) => ({ step: Number(fields.step), began: Number(fields.at), follow_up: "" }),
    extend: (facts, fields) => ({ minutes: facts.minutes.map((m, at) => (at === Number(fields.step) ? m + Number(fields.minutes) : m)) }),
    close: () => ({ phase: "closed" }),
  };
  const ahead = () => room.pending.reduce((facts, { fields }) => ({ ...facts, ...AHEAD[fields.act]?.(facts, fields) }), room.facts);

  function offer(facts, elapsed) {
    const over = Math.floor(elapsed / 60) - facts.minutes[facts.step];
    const later = facts.minutes.map((minutes, at) => ({ minutes, at })).filter(({ minutes, at }) => at > facts.step && minutes - over >= LEAST_LEFT);
    if (over < OVER || !later.length) return null;
    const rank = ({ minutes, at }) => (facts.kinds[at] === "questions" ? 1000 : 0) + minutes;
    return { minutes: over, at: later.reduce((best, each) => (rank(each) > rank(best) ? each : best)).at };
  }

  const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
  const nameAt = (step) => one(`[data-step="${step}"]`)?.dataset.name ?? "";

  function draw() {
    const facts = ahead();
    for (const each of all("[data-when]")) each.hidden = !each.dataset.when.split(" ").includes(facts.phase);
    document.documentElement.classList.toggle("dark-house", facts.phase === "film");
    for (const each of all("[data-step]")) each.hidden = facts.phase !== "lights_up" || Number(each.dataset.step) !== facts.step;
    for (const each of all("[data-line-of]")) {
      if (facts.phase === "lights_up" && Number(each.dataset.lineOf) === facts.step) each.setAttribute("aria-current", "step");
      else each.removeAttribute("aria-current");
    }
    for (const each of all("[data-leaves]")) each.value = facts.step;
    for (const each of all('form[data-act] input[name="leaves"]')) each.value = facts.step;
    const last = facts.step >= facts.minutes.length - 1;
    const next = one("[data-next]");
    if (next) next.textContent = last ? "Close the evening" : `Next: ${nameAt(facts.step + 1)}`;
    const place = one("[data-place]");
    if (place) place.textContent = `${facts.step + 1} of ${facts.minutes.length}`;
    for (const each of all("[data-count]")) each.classList.toggle("none", each.textContent === "0");
    tick();
  }

  function tick() {
    const facts = ahead();
    const left = one("[data-clock]");
    if (!left || facts.phase !== "lights_up" || !facts.began) return;
    const elapsed = Math.max(0, (room.now() - facts.began) / 1000);
    const seconds = facts.minutes[facts.step] * 60 - elapsed;
    left.closest(".clock").classList.add("runs");
    left.textContent = clock(Math.abs(seconds));
    left.classList.toggle("is-over", seconds < 0);
    one("[data-clock-words]").textContent = seconds < 0 ? "over" : "left";
    const form = one("[data-over]");
    const found = offer(facts, elapsed);
    form.hidden = !found;
    if (found) {
      form.elements.step.value = facts.step;
      const from = facts.kinds[found.at] === "questions" ? "the questions" : `“${nameAt(found.at)}”`;
      const words = `${found.minutes} minutes over: take it from ${from}?`;
      const holder = one("[data-over-words]");
      if (holder.textContent !== words) holder.textContent = words;
    }
  }

  // One part of the page at a time, under the thumb.
  function turn() {
    const wanted = location.hash.slice(1) || "plan";
    const panels = [...all(".panel")];
    const shown = panels.find((panel) => panel.id === wanted) ?? panels[0];
    for (const panel of panels) panel.hidden = panel !== shown;
    for (const link of all(".dock-tabs a")) {
      if (link.hash === `#${shown.id}`) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
    scrollTo(0, 0);
  }

  document.addEventListener("room:changed", draw);
  addEventListener("hashchange", turn);
  setInterval(tick, 500);
  turn();
  draw();
})();
