// What is pasted stays on the device until the house has it: a textarea marked data-kept="name" is kept as it is
// typed and given back; a page marked data-forget="name" says that it has arrived. Files too large are told at once.
(() => {
  "use strict";

  const WORDS = {
    back: "What you pasted is still here; it was kept on this device.",
    offline: "You are offline. What you pasted is kept on this device: send it once you are back.",
    online: "You are back. Send it now.",
    large: (megabytes) => `This file has ${megabytes} MB; one of at most 20 MB can be read.`,
  };
  const key = (name) => `houselights:${name}`;
  const safely = (act) => {
    try {
      return act();
    } catch {
      return null; // Storage is full or forbidden: the page works as without this.
    }
  };

  for (const part of document.querySelectorAll("[data-forget]")) safely(() => localStorage.removeItem(key(part.dataset.forget)));

  const field = document.querySelector("textarea[data-kept]");
  if (!field) return;
  const note = document.querySelector("[data-kept-note]");
  const say = (words) => {
    note.textContent = words;
    note.hidden = !words;
  };
  const kept = key(field.dataset.kept);
  const keep = () => safely(() => (field.value ? localStorage.setItem(kept, field.value) : localStorage.removeItem(kept)));
  const before = safely(() => localStorage.getItem(kept));
  if (before && !field.value) {
    field.value = before;
    say(WORDS.back);
  }
  let later = 0;
  field.addEventListener("input", () => {
    clearTimeout(later);
    later = setTimeout(keep, 200);
  });
  addEventListener("pagehide", keep);
  addEventListener("online", () => note.hidden || say(WORDS.online));
  field.form.addEventListener("submit", (event) => {
    keep();
    const file = field.form.elements.file?.files[0];
    if (file && file.size > Number(field.form.dataset.maxBytes)) {
      event.preventDefault();
      say(WORDS.large(Math.ceil(file.size / 1048576)));
    } else if (!navigator.onLine) {
      event.preventDefault();
      say(WORDS.offline);
    }
    if (event.defaultPrevented) note.scrollIntoView({ block: "center" });
  });
})();
