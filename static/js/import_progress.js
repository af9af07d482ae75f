// The page of a long import looks again every two seconds, and goes on to where it is led once the interview is kept.
(() => {
  "use strict";

  const look = async () => {
    const part = document.querySelector("[data-progress]");
    if (!part || part.dataset.progress === "over") return;
    const answer = await fetch(location.href, { redirect: "manual" }).catch(() => null);
    if (answer && answer.type === "opaqueredirect") return location.reload();
    if (answer && answer.ok) {
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector("[data-progress]");
      if (fresh && fresh.textContent !== part.textContent) part.replaceWith(fresh);
    }
    setTimeout(look, 2000);
  };
  setTimeout(look, 1500);
})();
