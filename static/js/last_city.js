// The last city that was looked at, for the cover and for “bring it here”: on this device, told to nobody.
const head = document.querySelector("[data-city]");
try {
  localStorage.setItem("houselights.city", JSON.stringify({ slug: head.dataset.city, name: head.textContent.trim() }));
} catch { /* A device that remembers nothing is asked again. */ }
