// A room's live state, however thin the line is.
//
// `follow(address, {state, trouble})`: `state(data)` is given each new state ({phase, parts, whole, …}, see
// discussions/live/events.py), `trouble(isThere)` whether the line is bad. It holds one stream of server-sent events
// while the page is seen; a page that nobody sees holds none, so that a browser has one however many tabs are open.
// After a cut it comes back by itself: full jitter, eight seconds at most. Where the room is full, or something on the
// way keeps events back, it asks every few seconds instead, and tries the stream again now and then. While the film
// runs there is no stream: it asks rarely.

const SNAPSHOT_WITHIN = 5000; // a stream that says nothing for so long after opening is held back on its way
const BEAT_WITHIN = 40000; // the server says something every 15 s
const ASK_EVERY = 5000;
const STREAM_AGAIN = 60000;
const FILM_EVERY = 45000;
const TAKEN_OUT = [2000, 5000, 15000]; // in the dark, for a phone that was just looked at: perhaps the lights go up now
const LONGEST_PAUSE = 8000;
const FIRST_PAUSE = 500;
const HIDDEN_FOR = 10000; // looking at a message for a moment does not cut the line

const jitter = (most) => Math.random() * most;

export function follow(address, { state, trouble = () => {}, ticket = null }) {
  let source = null;
  let timer = 0;
  let watch = 0;
  let cuts = 0;
  let silences = 0;
  let phase = "";
  let etag = "";
  let ended = false;
  let path = address;

  function take(data) {
    phase = data.phase;
    state(data);
    if (phase === "film" && source) rest(FILM_EVERY);
  }

  function hangUp() {
    clearTimeout(timer);
    clearTimeout(watch);
    source?.close();
    source = null;
  }

  async function connect() {
    hangUp();
    if (ended || document.hidden) return;
    if (ticket && !(path = await ticket().catch(() => ""))) return again();
    const mine = (source = new EventSource(path));
    let heard = false;
    const hear = (within) => {
      clearTimeout(watch);
      watch = setTimeout(() => {
        if (source !== mine) return;
        silences += heard ? 0 : 1;
        if (heard) connect();
        else ask();
      }, within);
    };
    hear(SNAPSHOT_WITHIN);
    mine.addEventListener("state", (event) => {
      heard = true;
      cuts = silences = 0;
      hear(BEAT_WITHIN);
      trouble(false);
      take(JSON.parse(event.data));
    });
    mine.addEventListener("beat", () => hear(BEAT_WITHIN));
    mine.addEventListener("gone", () => {
      ended = true;
      hangUp();
    });
    mine.onerror = () => {
      if (source !== mine) return;
      hangUp();
      // Never opened: perhaps the room is full, and will tell who asks. Cut: come back, not all at once.
      if (heard) again();
      else ask();
    };
  }

  function again() {
    cuts += 1;
    if (cuts > 1) trouble(true);
    const pause = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** cuts);
    clearTimeout(timer);
    timer = setTimeout(connect, jitter(pause));
  }

  // Ask once; where there is an answer, go on asking, and try the stream again after a while.
  async function ask(since = Date.now()) {
    hangUp();
    if (ended || document.hidden) return;
    if (!(await look())) return again();
    if (phase === "film") return rest(FILM_EVERY);
    const isTime = silences < 3 && Date.now() - since > STREAM_AGAIN;
    timer = setTimeout(() => (isTime ? connect() : ask(since)), ASK_EVERY / 2 + jitter(ASK_EVERY));
  }

  // The state as one answer; gives whether there was one.
  async function look() {
    try {
      if (ticket) path = await ticket();
      const answer = await fetch(`${path}state/`, {
        headers: etag ? { "If-None-Match": etag } : {},
        cache: "no-store",
      });
      if (answer.status === 404) ended = true;
      if (answer.status === 304) return trouble(false), true;
      if (!answer.ok) return false;
      etag = answer.headers.get("ETag") ?? "";
      trouble(false);
      take(await answer.json());
      return true;
    } catch {
      trouble(true);
      return false;
    }
  }

  // The film runs: nothing but a slow look now and then.
  function rest(pause, next = []) {
    hangUp();
    timer = setTimeout(async () => {
      if (ended || document.hidden) return;
      await look();
      if (phase === "film") rest(next[0] ?? FILM_EVERY, next.slice(1));
      else connect();
    }, pause * 0.75 + jitter(pause / 2));
  }

  document.addEventListener("visibilitychange", () => {
    if (document.hidden) {
      clearTimeout(timer);
      timer = setTimeout(hangUp, HIDDEN_FOR);
    } else if (phase === "film") {
      rest(0, TAKEN_OUT);
    } else if (!source) {
      connect();
    } else {
      clearTimeout(timer);
    }
  });
  addEventListener("online", () => phase !== "film" && connect());
  addEventListener("pagehide", hangUp);
  addEventListener("pageshow", (event) => event.persisted && (phase === "film" ? rest(0, TAKEN_OUT) : connect()));

  return {
    // `known`: the phase that the page was loaded with.
    start(known) {
      phase = known;
      if (phase === "film") rest(TAKEN_OUT[0], TAKEN_OUT.slice(1));
      else connect();
    },
    now: () => (phase === "film" ? rest(0, TAKEN_OUT) : source || connect()),
  };
}
