/* The clock of somebody who sits here: minutes since the server's own beginning. Without it the page shows when it began. */
(() => {
  "use strict";
  const clock = document.querySelector("[data-since]");
  if (!clock) return;
  const ahead = Number(clock.dataset.now) - Date.now();
  const show = () => { clock.textContent = Math.max(0, Math.floor((Date.now() + ahead - Number(clock.dataset.since)) / 60000)); };
  show();
  setInterval(show, 5000);
})();
