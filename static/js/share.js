// “Share” opens the phone's own sheet; where there is none it copies the address, and says so.
const button = document.querySelector("[data-share]");
if (button && (navigator.share || navigator.clipboard)) {
  const words = button.textContent;
  button.textContent = navigator.share ? words : "Copy the address";
  button.hidden = false;
  button.addEventListener("click", async () => {
    const { share: url, title } = button.dataset;
    if (navigator.share) {
      await navigator.share({ title, url }).catch((error) => {
        if (error.name !== "AbortError") throw error;
      });
    } else {
      await navigator.clipboard.writeText(url);
      button.textContent = "Copied";
      setTimeout(() => { button.textContent = "Copy the address"; }, 2000);
    }
  });
}
