// Tonight near me, by choice: the position is rounded to about a kilometre here, goes to our own page in the body of a
// form (no address, no log), and is kept nowhere. The last city that was looked at is remembered on this device.
const form = document.querySelector("[data-near]");
const [near, last] = form.querySelectorAll(".button");
const said = form.querySelector("[role=status]");
const say = (words) => { said.textContent = words; };

try {
  const city = JSON.parse(localStorage.getItem("houselights.city"));
  if (city) {
    last.href = `/cities/${encodeURIComponent(city.slug)}/`;
    last.textContent = `Tonight in ${city.name}`;
    last.hidden = false;
    form.hidden = false;
  }
} catch { /* A device that remembers nothing is asked for its city. */ }

const go = ({ coords }) => {
  form.elements.latitude.value = coords.latitude.toFixed(2);
  form.elements.longitude.value = coords.longitude.toFixed(2);
  say("");
  form.submit();
};
const sorry = (error) => say(error.code === error.PERMISSION_DENIED
  ? "Your device keeps its position to itself. Find your city by its name."
  : "Your device could not say where it is. Find your city by its name.");

if ("geolocation" in navigator && isSecureContext) {
  form.hidden = false;
  near.addEventListener("click", () => {
    say("Asking your device where it is …");
    navigator.geolocation.getCurrentPosition(go, sorry, { maximumAge: 600000, timeout: 10000 });
  });
} else {
  near.hidden = true;
}
