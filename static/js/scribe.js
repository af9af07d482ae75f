// The scribe's line: Enter writes it down, the newest line stays in sight, names that were used are offered again.
(() => {
  "use strict";

  const field = document.querySelector("[data-line-field]");
  if (!field) return;
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      field.form.requestSubmit();
    }
  });
  document.addEventListener("room:changed", () => {
    const names = document.querySelector("[data-speakers]");
    names.replaceChildren(...(window.room.facts.speakers ?? []).map((name) => new Option(name, name)));
    const lines = document.querySelector(".said-lines");
    lines.scrollTop = lines.scrollHeight;
  });
})();
