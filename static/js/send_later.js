// A form that may be sent where there is no reception: with data-send-later, it waits on this phone and is sent once.
// With reception it does what it does without this script. `data-sent` is said when what waited has arrived.
import { onNews, put } from "./outbox.js";

const WORDS = "No reception. It waits on this phone and is sent by itself.";

function say(form, words) {
  const place = form.querySelector("[data-said]") ?? form.appendChild(Object.assign(document.createElement("p"), { role: "status" }));
  place.dataset.said = "";
  place.textContent = words;
}

for (const form of document.querySelectorAll("form[data-send-later]")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const fields = new FormData(form);
    try {
      const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(fields) });
      if (answer.ok && answer.redirected) location.assign(answer.url);
      else form.submit(); // What is wrong is said by the page that the server makes of it.
    } catch {
      await put(form.action, fields, form.dataset.sendLater).then(
        () => say(form, WORDS),
        () => form.submit(),
      );
    }
  });
  onNews(({ state, item }) => {
    if (state === "sent" && item.url === form.action) say(form, form.dataset.sent);
  });
}
