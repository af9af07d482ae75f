// What is being written, and what is kept for oneself: on this phone only, until it is sent or forgotten.

const PREFIX = "room:";

export function drafts(code) {
  const name = (of) => `${PREFIX}${code}:${of}`;
  const read = (of) => {
    try {
      return JSON.parse(localStorage.getItem(name(of)) ?? "null");
    } catch {
      return null;
    }
  };
  const write = (of, value) => {
    try {
      if (value === null) localStorage.removeItem(name(of));
      else localStorage.setItem(name(of), JSON.stringify(value));
    } catch {
      // No room or no leave to keep anything: the page still holds it.
    }
  };
  return {
    read,
    write,
    forget() {
      for (const key of Object.keys(localStorage)) if (key.startsWith(`${PREFIX}${code}:`)) localStorage.removeItem(key);
    },
  };
}

// A random UUID (version 4), also where the page came without TLS and `randomUUID` is not there.
export function newKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
