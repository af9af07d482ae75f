// Cities for the first three letters, under the field: on the cover links to them, in a form a choice.
const LETTERS = 3;
for (const field of document.querySelectorAll("[data-city-letters]")) {
  const list = document.createElement("ul");
  list.className = "letters";
  list.setAttribute("aria-label", "Cities that begin so");
  const status = document.createElement("p");
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  field.after(list, status);
  const goes = field.form.method === "get";
  let newest = 0;

  const show = (cities) => {
    list.replaceChildren(...cities.map((city) => {
      const row = document.createElement("li");
      const choice = document.createElement(goes ? "a" : "button");
      const place = document.createElement("small");
      place.textContent = [city.place, city.on].filter(Boolean).join(" · ");
      choice.append(city.name, " ", place);
      if (goes) {
        choice.href = city.url;
      } else {
        choice.type = "button";
        choice.addEventListener("click", () => choose(city));
      }
      row.append(choice);
      return row;
    }));
    status.textContent = cities.length ? `${cities.length} cities` : "";
  };

  const choose = (city) => {
    field.value = city.name;
    let place = field.form.querySelector("input[type=hidden][name=place]");
    if (!place) {
      place = document.createElement("input");
      place.type = "hidden";
      place.name = "place";
      field.after(place);
    }
    place.value = city.slug;
    show([]);
    field.focus();
  };

  field.addEventListener("input", async () => {
    field.form.querySelector("input[type=hidden][name=place]")?.remove();
    const asked = ++newest;
    const typed = field.value.trim();
    if (typed.length < LETTERS) {
      show([]);
      return;
    }
    try {
      const answer = await fetch(`/cities/names/?q=${encodeURIComponent(typed)}`);
      const cities = answer.ok ? await answer.json() : [];
      if (asked === newest) show(cities);
    } catch {
      show([]);
    }
  });
}
