// Keep this: a quote or a question of a guide, with a note of one's own, on this phone only. The house is told no more
// than that one more phone keeps it, under a mark made for this one thing; without reception it is told later.
(() => {
  "use strict";

  const KEPT = "houselights:kept";
  const WORDS = { keep: "Keep this", kept: "Kept", noted: "Your note, for you alone", gone: "Forgotten. Nothing is kept on this phone any more." };
  const read = () => {
    try {
      return JSON.parse(localStorage.getItem(KEPT) ?? "[]");
    } catch {
      return [];
    }
  };
  // Gives whether the phone took it: its storage may be full, or forbidden.
  const write = (entries) => {
    try {
      localStorage.setItem(KEPT, JSON.stringify(entries));
      return true;
    } catch {
      return false;
    }
  };
  const change = (item, facts) => write(read().map((entry) => (entry.item === item ? { ...entry, ...facts } : entry)));
  const make = (tag, facts, ...children) => {
    const element = Object.assign(document.createElement(tag), facts);
    element.append(...children);
    return element;
  };
  const newMark = () => {
    const hex = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  };

  // --- The count -------------------------------------------------------------------------------------------------
  const tell = (entry, act) =>
    fetch(entry.counts, {
      method: "POST",
      body: new URLSearchParams({ act, item: entry.item, mark: entry.mark }),
      keepalive: true,
    });
  async function tellWhatIsUntold() {
    for (const entry of read().filter((one) => !one.told)) {
      const answer = await tell(entry, "keep").catch(() => null);
      if (!answer) return;
      // What is refused is not asked again: the words are kept all the same.
      change(entry.item, { told: true });
    }
  }

  // --- On a guide ------------------------------------------------------------------------------------------------
  const guide = document.querySelector("[data-keeps]");
  function offerToKeep(element) {
    const { item } = element.dataset;
    const button = make("button", { type: "button", className: "keep", lang: "en", dir: "ltr" });
    const show = () => {
      const isKept = read().some((entry) => entry.item === item);
      button.textContent = isKept ? WORDS.kept : WORDS.keep;
      button.setAttribute("aria-pressed", isKept);
      document.querySelector("[data-walk-home]").hidden = read().length === 0;
    };
    button.addEventListener("click", () => {
      const standing = read().find((entry) => entry.item === item);
      if (standing) {
        write(read().filter((entry) => entry.item !== item));
        tell(standing, "let-go").catch(() => {});
      } else if (write([...read(), entryOf(element)])) tellWhatIsUntold();
      show();
    });
    (element.querySelector("figcaption") ?? element.querySelector(".card-facts") ?? element).append(button);
    show();
  }

  function entryOf(element) {
    const quote = element.querySelector(":scope > blockquote");
    const words = quote ?? element.querySelector("h3");
    const closing = document.querySelector("[data-closing] h3");
    return {
      item: element.dataset.item,
      mark: newMark(),
      counts: guide.dataset.keeps,
      told: false,
      guide: guide.dataset.guide,
      film: guide.dataset.film,
      isQuote: Boolean(quote),
      words: words.innerText.trim(),
      lang: words.lang || words.closest("[lang]")?.lang || "",
      whose: quote ? element.querySelector("figcaption strong")?.innerText ?? "" : "",
      where: quote ? element.querySelector("figcaption cite")?.innerText ?? "" : "",
      question: closing?.innerText.trim() ?? "",
      note: "",
    };
  }
  if (guide) for (const element of guide.querySelectorAll("[data-item]:not(.said-withdrawn)")) offerToKeep(element);

  // --- Your walk home --------------------------------------------------------------------------------------------
  const walk = document.querySelector("[data-walk]");
  if (walk) showWalk();

  function showWalk() {
    const entries = read();
    walk.replaceChildren(...entries.map(rowOf));
    document.querySelector("[data-walk-none]").hidden = entries.length > 0;
    for (const part of document.querySelectorAll("[data-walk-some]")) part.hidden = entries.length === 0;
    if (!entries.length) return;
    const question = entries.findLast?.((entry) => entry.question)?.question ?? entries.find((entry) => entry.question)?.question;
    if (question) document.querySelector("[data-walk-question]").textContent = question;
    writeLetter();
  }

  function rowOf(entry) {
    const words = make("p", { textContent: entry.words, dir: "auto", lang: entry.lang });
    const shown = entry.isQuote
      ? make("figure", { className: "said" }, make("blockquote", {}, words), make("figcaption", {}, make("strong", { textContent: entry.whose, dir: "auto" }), " ", make("cite", { textContent: entry.where, dir: "auto" })))
      : make("div", { className: "prompt" }, Object.assign(words, { className: "prompt-question" }));
    const note = make("textarea", { id: `note-${entry.item}`, rows: 2, value: entry.note, dir: "auto", maxLength: 1000 });
    note.addEventListener("input", () => {
      change(entry.item, { note: note.value });
      writeLetter();
    });
    const field = make("div", { className: "field" }, make("label", { htmlFor: note.id, textContent: WORDS.noted }), note);
    const from = make("p", { className: "soft small" }, make("a", { href: entry.guide, textContent: entry.film, dir: "auto" }));
    return make("li", { className: "walk-row" }, shown, from, field);
  }

  // A mail that is written and has no address yet (RFC 6068): it goes from the reader's own program.
  function writeLetter() {
    const lines = read().flatMap(({ isQuote, words, whose, where, film, note }) => [
      isQuote ? `“${words}”` : words,
      [whose, where, film].filter(Boolean).join(", "),
      ...(note ? [`→ ${note}`] : []),
      "",
    ]);
    document.querySelector("[data-walk-mail]").href =
      `mailto:?subject=${encodeURIComponent("My walk home")}&body=${encodeURIComponent(lines.join("\n"))}`;
  }

  if (walk) {
    document.querySelector("[data-walk-print]").addEventListener("click", () => print());
    document.querySelector("[data-walk-forget]").addEventListener("click", () => {
      for (const entry of read()) tell(entry, "let-go").catch(() => {});
      localStorage.removeItem(KEPT);
      showWalk();
      document.querySelector("[data-walk-said]").textContent = WORDS.gone;
    });
  }

  tellWhatIsUntold();
  addEventListener("online", tellWhatIsUntold);
})();
