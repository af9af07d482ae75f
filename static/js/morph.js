// Makes what is inside an element look like new HTML, and leaves alone what a person holds: the focus, what is being
// typed, what is folded open. Children with an id are followed by it; a form with words in it that were not sent yet
// stays, marked `stays`, though the new HTML has it no more.

export function morph(element, html) {
  const wanted = document.createElement("template");
  wanted.innerHTML = html;
  matchChildren(element, wanted.content);
}

// Whether somebody has typed here, or is about to.
export function isHeld(node) {
  if (node.nodeType !== Node.ELEMENT_NODE) return false;
  if (node.contains(document.activeElement) && document.activeElement.matches("textarea, input, select")) return true;
  return [...node.querySelectorAll("textarea, input:not([type])")].some((field) => field.value !== field.defaultValue);
}

function matchChildren(element, wanted) {
  const byId = new Map();
  for (const child of element.children) if (child.id) byId.set(child.id, child);
  let at = element.firstChild;
  for (const next of [...wanted.childNodes]) {
    const same = next.id ? byId.get(next.id) : at && !at.id && isAlike(at, next) ? at : null;
    if (!same) {
      element.insertBefore(document.importNode(next, true), at);
      continue;
    }
    if (same === at) at = at.nextSibling;
    else moveBefore(element, same, at);
    byId.delete(next.id);
    match(same, next);
  }
  while (at) {
    const rest = at;
    at = at.nextSibling;
    if (isHeld(rest)) rest.classList.add("stays");
    else rest.remove();
  }
}

// Moving an element takes the focus from what is in it: then what stands before it moves instead.
function moveBefore(element, node, at) {
  if (!node.contains(document.activeElement)) return void element.insertBefore(node, at);
  while (at && at !== node) {
    const passed = at;
    at = at.nextSibling;
    element.insertBefore(passed, node.nextSibling);
  }
}

function isAlike(node, next) {
  return node.nodeType === next.nodeType && node.nodeName === next.nodeName && !next.id;
}

function match(node, next) {
  if (node.nodeType !== Node.ELEMENT_NODE) {
    if (node.nodeValue !== next.nodeValue) node.nodeValue = next.nodeValue;
    return;
  }
  node.classList.remove("stays");
  matchAttributes(node, next);
  // What is typed into a text area is no child of the page's, and what a script has said stays said.
  if (!node.matches("textarea, [role=status]")) matchChildren(node, next);
}

// What a person or a script has set since: whether it is open, ticked, pressed, or shown by a script.
const THEIRS = new Set(["open", "checked", "value", "aria-pressed", "hidden", "data-dressed", "data-sending"]);

function matchAttributes(node, next) {
  for (const { name } of [...node.attributes]) {
    if (!THEIRS.has(name) && !next.hasAttribute(name)) node.removeAttribute(name);
  }
  for (const { name, value } of next.attributes) {
    const isTheirs = THEIRS.has(name) && !(name === "value" && node.nodeName === "METER");
    if (!isTheirs && node.getAttribute(name) !== value) node.setAttribute(name, value);
  }
}
