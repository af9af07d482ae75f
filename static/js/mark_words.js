// Words marked with a finger or a mouse: their places (UTF-16 code units of the source's text, as a browser counts) go
// into the bar's form, and the bar appears. Elements that hold words of the source say where they begin: data-at.
const bar = document.querySelector("[data-mark-bar]");
const places = [...document.querySelectorAll("[data-at]")];

function offsetIn(element, node, offset) {
  const before = document.createRange();
  before.selectNodeContents(element);
  before.setEnd(node, offset);
  return Number(element.dataset.at) + before.toString().length;
}

function marked() {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  const touched = places.filter((element) => range.intersectsNode(element));
  if (!touched.length) return null;
  const first = touched[0];
  const last = touched[touched.length - 1];
  const start = first.contains(range.startContainer)
    ? offsetIn(first, range.startContainer, range.startOffset)
    : Number(first.dataset.at);
  const end = last.contains(range.endContainer)
    ? offsetIn(last, range.endContainer, range.endOffset)
    : Number(last.dataset.at) + last.textContent.length;
  return end > start ? { start, end, words: selection.toString().trim() } : null;
}

function show(found) {
  bar.elements.start.value = found.start;
  bar.elements.end.value = found.end;
  const words = found.words.replace(/\s+/g, " ");
  bar.querySelector("[data-marked]").textContent =
    words.length > 90 ? `${words.slice(0, 45)} … ${words.slice(-40)}` : words;
  bar.hidden = false;
}

if (bar && places.length) {
  // A tap on the bar takes the selection away before the button is pressed: what was marked stays in the form.
  document.addEventListener("selectionchange", () => {
    const found = marked();
    if (found) show(found);
    else if (!bar.contains(document.activeElement)) setTimeout(hideUnlessMarked, 400);
  });
  bar.querySelector("[data-mark-close]").addEventListener("click", () => {
    document.getSelection().removeAllRanges();
    bar.hidden = true;
  });
}

function hideUnlessMarked() {
  if (!marked() && !bar.contains(document.activeElement) && !bar.matches(":active")) bar.hidden = true;
}
