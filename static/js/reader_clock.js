// Where the reader's clock differs from the theater's, say what theirs shows when the film starts.
const offsetOf = (iso) => {
  const [, sign, hours, minutes] = iso.match(/([+-])(\d\d):(\d\d)$/) ?? [null, "+", 0, 0];
  return (sign === "-" ? -1 : 1) * (60 * hours + Number(minutes));
};

for (const line of document.querySelectorAll("[data-reader-clock]")) {
  const iso = document.getElementById(line.dataset.readerClock).dateTime;
  const start = new Date(iso);
  if (-start.getTimezoneOffset() !== offsetOf(iso)) {
    const theirs = start.toLocaleString([], { weekday: "short", hour: "numeric", minute: "2-digit" });
    line.append(`. On your clock: ${theirs}`);
  }
}
