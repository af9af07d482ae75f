// Who has joined a room answers its questions from the guide too, which opens where the room does not: without reception.
import { onNews, put } from "./outbox.js";

const MOST_LETTERS = 280;
const WORDS = {
  open: "Answer in the room",
  field: "Your answer, read by the room",
  send: "Send",
  waits: "It waits on this phone and is sent by itself.",
  sent: "Sent to the room.",
  nowhere: "This phone keeps nothing here. Answer on the room’s own page.",
};

function roomOf(guide) {
  try {
    const room = JSON.parse(localStorage.getItem("houselights:room") ?? "null");
    return room?.guide === guide ? room : null;
  } catch {
    return null;
  }
}

function newKey() {
  const hex = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.)(.{3})(.)(.{3})/, "$1-$2-4$4-a$6-");
}

const make = (tag, facts, ...children) => {
  const element = Object.assign(document.createElement(tag), facts);
  element.append(...children);
  return element;
};

const guide = document.querySelector("[data-guide]");
const room = guide && roomOf(guide.dataset.guide);
if (room) for (const card of guide.querySelectorAll(".card[data-item]")) offer(card);

function offer(card) {
  const id = `answer-${card.dataset.item}`;
  const words = make("textarea", { id, name: "text", maxLength: MOST_LETTERS, rows: 3, dir: "auto", required: true });
  const said = make("p", { className: "small" });
  said.setAttribute("role", "status");
  const form = make(
    "form",
    { className: "entry", lang: "en", dir: "ltr" },
    make("div", { className: "field" }, make("label", { htmlFor: id, textContent: WORDS.field }), words),
    make("p", { className: "buttons" }, make("button", { className: "button", textContent: WORDS.send })),
    said,
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const fields = [
      ["prompt", card.dataset.item],
      ["text", words.value],
      ["audience", "room"],
      ["key", newKey()],
    ];
    try {
      said.textContent = WORDS.waits;
      await put(`/r/${room.code}/answer/`, fields, words.value);
      words.value = "";
    } catch {
      said.textContent = WORDS.nowhere;
    }
  });
  onNews(({ state, item, answer }) => {
    if (item.pairs.some(([name, value]) => name === "prompt" && value === card.dataset.item)) {
      said.textContent = state === "sent" ? (answer.said ?? WORDS.sent) : "";
    }
  });
  card.lastElementChild.append(make("details", { className: "answer-here" }, make("summary", { textContent: WORDS.open, lang: "en" }), form));
}
