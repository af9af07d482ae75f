// Passkeys on forms marked data-passkey="sign-in | add | prove": offers the button where passkeys work,
// says in words why where they do not, and puts the passkey's answer into the form.
(() => {
  "use strict";

  const WORDS = {
    none: "This browser does not know passkeys. A code by e-mail works everywhere.",
    insecure: "Passkeys need a secure address (https). A code by e-mail works here, too.",
    numeric: "Passkeys need an address with a name, like localhost. A code by e-mail works here, too.",
    NotAllowedError: "No passkey was used: it was cancelled, took too long, or there is none for this site here. Try again, or use a code.",
    InvalidStateError: "This device has a passkey for you already. Nothing was added.",
    SecurityError: "This browser does not let passkeys be used at this address. Use a code.",
    offline: "We could not reach the house to begin. Check your connection and try again.",
    other: "The passkey did not work, and nothing was changed. Try again, or use a code.",
  };

  const why = () => {
    if (!window.isSecureContext) return WORDS.insecure;
    if (!window.PublicKeyCredential || !window.webauthnJSON) return WORDS.none;
    return /^[\d.]+$|^\[/.test(location.hostname) ? WORDS.numeric : "";
  };

  const options = async (form) => {
    const given = document.getElementById("passkey-options");
    if (given) return JSON.parse(given.textContent);
    const answer = await fetch(form.action, { headers: { Accept: "application/json" } }).catch(() => null);
    if (!answer || !answer.ok) throw Object.assign(new Error("offline"), { name: "offline" });
    return (await answer.json()).request_options;
  };

  const ceremony = async (form) => {
    const asked = await options(form);
    return form.dataset.passkey === "add" ? webauthnJSON.create(asked) : webauthnJSON.get(asked);
  };

  const say = (form, words) => {
    const line = form.querySelector("[data-passkey-said]");
    line.textContent = words;
    line.hidden = !words;
  };

  const offer = (form) => {
    const button = form.querySelector("button");
    button.hidden = false;
    form.querySelector("[data-passkey-without]").hidden = true;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      say(form, "");
      button.disabled = true;
      try {
        form.elements.credential.value = JSON.stringify(await ceremony(form));
        form.submit();
      } catch (error) {
        say(form, WORDS[error.name] || WORDS.other);
        button.disabled = false;
      }
    });
  };

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    const reason = why();
    if (!reason) {
      offer(form);
      continue;
    }
    form.querySelector("[data-passkey-without]").textContent = reason;
  }
})();
