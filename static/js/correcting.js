// The keys of correcting (they work while a turn is chosen), the mark where a turn is split, and the source that
// follows the turn. Everything is a form that works without this.
(() => {
  "use strict";

  const list = document.querySelector("[data-correct]");
  const keys = document.getElementById("keys");
  if (!list || !keys) return;
  const items = [...list.children];
  const source = document.querySelector(".source");
  const asked = new URLSearchParams(location.search);

  const follow = (item) => {
    for (const lit of source.querySelectorAll(".here")) lit.classList.remove("here");
    const words = source.querySelectorAll(`[data-item="${item.dataset.at}"]`);
    for (const span of words) span.classList.add("here");
    if (words[0]) source.scrollTop = words[0].offsetTop - source.clientHeight / 3;
  };

  const choose = (item) => {
    if (!item) return;
    item.focus({ preventScroll: true });
    const at = item.getBoundingClientRect();
    if (at.top < 80 || at.bottom > innerHeight) item.scrollIntoView({ block: at.height < innerHeight / 2 ? "center" : "start" });
  };

  const chosen = () => document.activeElement.closest?.("[data-correct] > li");

  const post = (act, fields) => {
    for (const [name, value] of Object.entries({ act, ...fields })) {
      const input = document.createElement("input");
      Object.assign(input, { type: "hidden", name, value });
      keys.append(input);
    }
    keys.submit();
  };

  // A place in a turn's words, in UTF-16 code units of the source. Buttons between sentences hold no text.
  // A finger in the midst of a word means the word.
  const HALF_A_WORD = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Arabic}\p{Script=Hebrew}\p{M}\p{N}'’-]+$/u;
  let mark = null;
  const place = (node, offset) => {
    const words = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("[data-from16]");
    if (!words) return null;
    const before = document.createRange();
    before.selectNodeContents(words);
    before.setEnd(node, offset);
    const said = before.toString().replace(HALF_A_WORD, "");
    return { item: words.closest("li"), at: Number(words.dataset.from16) + said.length };
  };
  document.addEventListener("selectionchange", () => {
    const selection = getSelection();
    if (!selection.rangeCount) return;
    const range = selection.getRangeAt(0);
    const found = place(range.startContainer, range.startOffset);
    if (found) mark = found;
    for (const button of list.querySelectorAll("[data-split-marked]")) {
      button.hidden = !mark || mark.item !== button.closest("li");
    }
  });
  list.addEventListener("click", (event) => {
    const button = event.target.closest("[data-split-marked]");
    if (button && mark) button.form.elements.place16.value = mark.at;
  });

  const open = (item, what) => location.assign(`?turn=${item.dataset.at}&to=${what}#t${item.dataset.at}`);
  const split = (item) => {
    if (mark && mark.item === item) return post("split", { at: item.dataset.at, place16: mark.at });
    const cut = item.querySelector(".cut");
    return cut ? cut.focus() : open(item, "split");
  };
  const name = (item) => {
    const field = item.querySelector("[name=speaker]");
    return field ? field.select() : open(item, "name");
  };
  const step = (item, way) => {
    let at = items.indexOf(item) + way;
    while (items[at] && items[at].dataset.kind === "label") at += way;
    mark = null;
    choose(items[at]);
  };
  const act = (kind) => (item) => post(kind, { at: item.dataset.at });
  const KEYS = {
    j: (item) => step(item, 1),
    k: (item) => step(item, -1),
    q: act("question"),
    a: act("answer"),
    n: act("narration"),
    m: act("join"),
    x: (item) => post(item.dataset.kind === "left_out" ? "put_back" : "leave_out", { at: item.dataset.at }),
    s: split,
    e: name,
    u: (item) => post("undo", { at: item.dataset.at }),
    r: (item) => post("redo", { at: item.dataset.at }),
  };

  list.addEventListener("keydown", (event) => {
    const item = chosen();
    if (!item || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input")) return;
    const does = KEYS[event.key];
    if (!does) return;
    event.preventDefault();
    does(item);
  });
  list.addEventListener("focusin", () => chosen() && follow(chosen()));
  list.addEventListener("click", (event) => {
    const item = event.target.closest("[data-correct] > li");
    if (item && !event.target.closest("a, button, input, label")) item.focus({ preventScroll: true });
  });

  const here = document.getElementById(location.hash.slice(1));
  if (here && here.parentElement === list) {
    choose(here);
    if (asked.get("to") === "split") here.querySelector(".cut")?.focus();
    if (asked.get("to") === "name") here.querySelector("[name=speaker]")?.select();
  }
})();
