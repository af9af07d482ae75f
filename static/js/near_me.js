// Tonight near me, by choice: the position is rounded to about a kilometre here, goes to our own page in the body of a
// form (no address, no log), and is kept nowhere. Where there is none, the page that answers says how to go on.
const form = document.querySelector("[data-near]");
const said = form.querySelector("[role=status]");

form.addEventListener("submit", (event) => {
  if (!("geolocation" in navigator) || !isSecureContext || form.elements.latitude.value) return;
  event.preventDefault();
  said.textContent = "Asking your device where it is …";
  navigator.geolocation.getCurrentPosition(({ coords }) => {
    form.elements.latitude.value = coords.latitude.toFixed(2);
    form.elements.longitude.value = coords.longitude.toFixed(2);
    form.submit();
  }, (error) => {
    said.textContent = error.code === error.PERMISSION_DENIED
      ? "Your device keeps its position to itself. Find your city by its name."
      : "Your device could not say where it is. Find your city by its name.";
  }, { maximumAge: 600000, timeout: 10000 });
});
// Whoever comes back to this page may be somewhere else.
addEventListener("pageshow", () => {
  form.elements.latitude.value = form.elements.longitude.value = "";
  said.textContent = "";
});

// The city that was looked at last stands in the field already: one tap, and it is there.
const remember = () => {
  const find = document.querySelector("form.find");
  try {
    const city = JSON.parse(localStorage.getItem("houselights.city"));
    if (!city || find.elements.q.value) return;
    find.elements.q.value = city.name;
    find.elements.q.addEventListener("focus", () => find.elements.q.select());
    find.addEventListener("submit", (event) => {
      if (find.elements.q.value !== city.name) return;
      event.preventDefault();
      location.assign(`/cities/${encodeURIComponent(city.slug)}/`);
    });
  } catch { /* A device that remembers nothing is asked for its city. */ }
};
remember();
