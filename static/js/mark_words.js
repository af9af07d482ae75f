// Words marked with a finger or a mouse: their places (UTF-16 code units of the source's text, as a browser counts) go
// into the bar's form, and the bar appears. Elements that hold words of the source say where they begin: data-at.
// A finger marks as it does everywhere (press, drag the handles), or by two taps: the first word and the last.
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

const WORD_EDGE = /[\s，。、；：！？]/;
let tapped = null;

function caretAt(x, y) {
  if (document.caretPositionFromPoint) {
    const caret = document.caretPositionFromPoint(x, y);
    return caret && { node: caret.offsetNode, offset: caret.offset };
  }
  const range = document.caretRangeFromPoint(x, y);
  return range && { node: range.startContainer, offset: range.startOffset };
}

function wordAt(x, y) {
  const caret = caretAt(x, y);
  if (!caret || caret.node.nodeType !== Node.TEXT_NODE) return null;
  const text = caret.node.data;
  let start = caret.offset;
  let end = caret.offset;
  while (start > 0 && !WORD_EDGE.test(text[start - 1])) start -= 1;
  while (end < text.length && !WORD_EDGE.test(text[end])) end += 1;
  if (start === end) return null;
  const word = document.createRange();
  word.setStart(caret.node, start);
  word.setEnd(caret.node, end);
  return word;
}

// The first tap marks a word, each further one marks from there to the word that is tapped.
function markTapped(event) {
  const word = event.pointerType === "touch" && wordAt(event.clientX, event.clientY);
  if (!word) return;
  const whole = (tapped || word).cloneRange();
  if (tapped && word.compareBoundaryPoints(Range.START_TO_START, tapped) < 0) {
    whole.setStart(word.startContainer, word.startOffset);
  }
  if (tapped && word.compareBoundaryPoints(Range.END_TO_END, tapped) > 0) {
    whole.setEnd(word.endContainer, word.endOffset);
  }
  tapped ||= word;
  const selection = document.getSelection();
  selection.removeAllRanges();
  selection.addRange(whole);
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
  places.forEach((element) => element.addEventListener("click", markTapped));
  bar.querySelector("[data-mark-close]").addEventListener("click", () => {
    tapped = null;
    document.getSelection().removeAllRanges();
    bar.hidden = true;
  });
}

function hideUnlessMarked() {
  if (!marked() && !bar.contains(document.activeElement) && !bar.matches(":active")) {
    bar.hidden = true;
    tapped = null;
  }
}
