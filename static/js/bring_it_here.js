// A tap without an address is counted once for a device: under a random key that this device makes up and keeps. It is
// sent with the tap and with nothing else. The last city that was looked at is written in already.
const remembered = (name, make) => {
  let value = localStorage.getItem(name);
  if (!value && make) {
    value = make();
    localStorage.setItem(name, value);
  }
  return value;
};
const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

for (const form of document.querySelectorAll("[data-bring]")) {
  try {
    const city = form.querySelector("[data-last-city]");
    const last = JSON.parse(remembered("houselights.city"));
    if (city && last && !city.value) city.value = last.name;
    form.addEventListener("submit", () => {
      if (!form.elements.email.value) form.elements.device.value = remembered("houselights.device", newKey);
    });
  } catch { /* Without a memory there is no counting without an address; the page says so. */ }
}
