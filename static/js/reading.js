// Reading a guide in one's own way: larger or smaller letters, and the way back to where one stopped. Kept on the phone.
(() => {
  "use strict";

  const SIZE = "houselights:size";
  const PLACE = `houselights:place:${location.pathname}`;
  const SIZES = [100, 115, 135, 160];
  const safely = (act) => {
    try {
      return act();
    } catch {
      return null; // Nothing may be kept here: the page reads as without this.
    }
  };

  // --- The size of letters -----------------------------------------------------------------------------------------
  const root = document.documentElement;
  let size = Math.max(0, SIZES.indexOf(Number(safely(() => localStorage.getItem(SIZE)))));
  const buttons = [...document.querySelectorAll("[data-size]")];
  const set = () => {
    root.style.fontSize = size ? `${SIZES[size]}%` : "";
    for (const button of buttons) button.disabled = !SIZES[size + Number(button.dataset.size)];
  };
  for (const button of buttons) {
    button.addEventListener("click", () => {
      size += Number(button.dataset.size);
      safely(() => localStorage.setItem(SIZE, SIZES[size]));
      set();
    });
  }
  set();
  for (const part of document.querySelectorAll("[data-reading]")) part.hidden = false;

  // --- The place ---------------------------------------------------------------------------------------------------
  const stops = [...document.querySelectorAll(".part[id], .part [id]")];
  const back = document.querySelector("[data-place]");
  const place = safely(() => localStorage.getItem(PLACE));
  const there = place && document.getElementById(place);
  if (back && there && !location.hash && scrollY < innerHeight) {
    back.href = `#${place}`;
    back.hidden = false;
    // What is closed opens on the way there.
    back.addEventListener("click", () => there.closest("details")?.setAttribute("open", ""));
  }
  const keep = () => {
    const passed = stops.filter((stop) => stop.getBoundingClientRect().top < innerHeight / 2 && stop.getClientRects().length);
    const last = passed.at(-1);
    safely(() => (last && scrollY > innerHeight ? localStorage.setItem(PLACE, last.id) : localStorage.removeItem(PLACE)));
  };
  let isRead = false;
  addEventListener("scroll", () => (isRead = true), { passive: true, once: true });
  addEventListener("pagehide", () => isRead && keep());
  document.addEventListener("visibilitychange", () => document.hidden && isRead && keep());
})();
